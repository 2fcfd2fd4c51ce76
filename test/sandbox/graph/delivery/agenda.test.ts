import { describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../../sandbox/clock.ts'
import { Agenda } from '../../../../sandbox/graph/delivery/agenda.ts'

describe('the agenda', () => {
  it('runs at once what is due, later what is not, and knows which is which', async () => {
    const clock = new VirtualClock()
    const agenda = new Agenda(clock)
    const done: string[] = []
    agenda.after(0, () => void done.push('now'))
    agenda.after(1_000, () => void done.push('later'))
    await agenda.idle()
    expect([done, agenda.waiting()]).toEqual([['now'], 1])
    await clock.advance(1_000, () => agenda.idle())
    expect([done, agenda.waiting()]).toEqual([['now', 'later'], 0])
  })

  it('is idle only when what began has ended', async () => {
    const agenda = new Agenda(new VirtualClock())
    let end = () => {}
    agenda.after(0, () => new Promise((resolve) => (end = resolve)))
    let isIdle = false
    const idle = agenda.idle().then(() => (isIdle = true))
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(isIdle).toBe(false)
    end()
    await idle
    expect(isIdle).toBe(true)
  })

  it('forgets what has not begun when it is closed', async () => {
    const clock = new VirtualClock()
    const agenda = new Agenda(clock)
    let ran = false
    agenda.after(1_000, () => void (ran = true))
    agenda.close()
    await clock.advance(5_000)
    expect([ran, agenda.waiting(), clock.nextWakeAt()]).toEqual([false, 0, null])
  })
})
