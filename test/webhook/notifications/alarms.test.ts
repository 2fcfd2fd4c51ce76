import { describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../sandbox/clock.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { Alarms, type Alarm } from '../../../webhook/notifications/alarms.ts'

function anAlarmBell() {
  const clock = new VirtualClock()
  const told: Alarm[] = []
  return { clock, told, alarms: new Alarms({ clock, onAlarm: (alarm) => told.push(alarm) }) }
}

describe('an alarm about forged notifications', () => {
  it('is raised at the first, and in ten minutes again with the number of the others', async () => {
    const { clock, told, alarms } = anAlarmBell()
    for (let n = 0; n < 1_000; n++) alarms.refused('subscription', 'forged')
    expect(told).toEqual([{ subscriptionId: 'subscription', reason: 'forged', count: 1 }])
    await clock.advance(10 * MINUTE)
    alarms.refused('subscription', 'forged')
    expect(told[1]).toEqual({ subscriptionId: 'subscription', reason: 'forged', count: 1_000 })
  })

  it('is raised for each subscription, and once for all that nobody made', () => {
    const { told, alarms } = anAlarmBell()
    for (let n = 0; n < 3; n++) alarms.refused(`subscription ${n}`, 'forged')
    for (let n = 0; n < 3; n++) alarms.refused(`made up ${n}`, 'unknown')
    expect(told.map(({ subscriptionId }) => subscriptionId)).toEqual([
      'subscription 0',
      'subscription 1',
      'subscription 2',
      null,
    ])
  })
})

describe('an alarm about a flood', () => {
  it('is raised at five thousand in ten minutes, and not for the same number in an hour', async () => {
    const { clock, told, alarms } = anAlarmBell()
    for (let n = 0; n < 5_000; n++) {
      alarms.rang('slow')
      if (n % 500 === 0) await clock.advance(6 * MINUTE)
    }
    expect(told).toEqual([])
    for (let n = 0; n < 5_000; n++) alarms.rang('fast')
    expect(told).toEqual([{ subscriptionId: 'fast', reason: 'flood', count: 5_000 }])
  })
})
