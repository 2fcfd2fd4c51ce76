import { describe, expect, it } from '@jest/globals'
import type { Folder } from '../../../models/folder.ts'
import type { Light } from '../../../models/wire/mailbox.ts'
import { folderLight, mailboxLight } from '../../../webhook/crm/light.ts'
import { HOUR, MINUTE } from '../../../webhook/duration.ts'
import { aFolder, aMailbox, aSubscription, NOW } from '../../support/builders.ts'

const lightOf = (over: Partial<Folder> = {}, subscription = alive()): Light =>
  folderLight({ folder: aFolder(over), subscription, now: NOW })
const alive = (
  over: Parameters<typeof aSubscription>[0] = {},
): ReturnType<typeof aSubscription> | null => aSubscription(over)
const provenAt = (msAgo: number, difference = { equal: true, missing: 0, surplus: 0 }) => ({
  proof: { at: new Date(NOW.getTime() - msAgo), ...difference },
})
const backfilling = { backfill: { done: 1, total: 3, finishedAt: null } }

describe('the light of a folder', () => {
  it('is green when it is complete, proven and announced', () => {
    expect(lightOf()).toEqual({
      colour: 'green',
      sentence: 'Complete: compared with the mailbox, message by message.',
    })
  })

  it('is red after three failures in a row, with the code for the admin, whatever else is well', () => {
    const light = lightOf({ attempts: 3, lastErrorCode: 'access-denied' })
    expect(light.colour).toBe('red')
    expect(light.sentence).toContain('3 times in a row (access-denied)')
    expect(light.todo).toBeDefined()
    expect(lightOf({ attempts: 7 }).sentence).toContain('(internal)')
    expect(lightOf({ attempts: 2, lastErrorCode: 'throttled' }).colour).toBe('green')
  })

  it.each<[string, () => Light, RegExp]>([
    ['earlier mail is still read', () => lightOf(backfilling), /Earlier mail is being read/],
    ['nobody announces new mail', () => lightOf({}, null), /asked every minute/],
    [
      'the subscription has run out',
      () => lightOf({}, alive({ expiresAt: NOW })),
      /asked every minute/,
    ],
    ['there is no proof yet', () => lightOf({ proof: null }), /is being compared/],
    [
      'the proof failed',
      () => lightOf(provenAt(0, { equal: false, missing: 2, surplus: 3 })),
      /^5 messages differ/,
    ],
    ['the proof is old', () => lightOf(provenAt(25 * HOUR + 1)), /more than a day old/],
  ])('is amber while %s', (_why, light, sentence) => {
    expect(light().colour).toBe('amber')
    expect(light().sentence).toMatch(sentence)
  })

  it('stays green for an hour when the daily proof is late', () => {
    expect(lightOf(provenAt(24 * HOUR + 59 * MINUTE)).colour).toBe('green')
    expect(lightOf(provenAt(25 * HOUR)).colour).toBe('green')
  })

  it('tells what matters most when several things are amiss', () => {
    const all = { ...backfilling, proof: null }
    expect(lightOf({ ...all, attempts: 3 }, null).colour).toBe('red')
    expect(lightOf(all, null).sentence).toMatch(/Earlier mail/)
    expect(lightOf({ proof: null }, null).sentence).toMatch(/asked every minute/)
  })
})

describe('the light of a mailbox', () => {
  const [green, amber, red]: [Light, Light, Light] = [
    { colour: 'green', sentence: 'Complete.' },
    { colour: 'amber', sentence: 'Soon.' },
    { colour: 'red', sentence: 'Broken.' },
  ]

  it.each([
    [[green], green],
    [[green, amber, green], amber],
    [[amber, red, green], red],
    [[green, red, amber], red],
  ])('is as bad as its worst folder %#', (folders, worst) => {
    expect(mailboxLight(aMailbox(), folders)).toBe(worst)
  })

  it('tells of the first of several folders that are equally bad', () => {
    const other: Light = { colour: 'amber', sentence: 'Later.' }
    expect(mailboxLight(aMailbox(), [green, amber, other])).toBe(amber)
  })

  it('is off when no folder is watched', () => {
    expect(mailboxLight(aMailbox(), [])).toMatchObject({ colour: 'off', todo: 'Choose folders.' })
  })

  it('is red when the mailbox must be connected again, however green its folders are', () => {
    const light = mailboxLight(aMailbox({ status: 'reconnect-needed' }), [green])
    expect(light.colour).toBe('red')
    expect(light.todo).toMatch(/Connect it again/)
  })
})
