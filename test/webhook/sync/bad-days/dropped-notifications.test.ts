import { afterEach, expect, it } from '@jest/globals'
import { MINUTE, SECOND } from '../../../../webhook/duration.ts'
import type { SimulatedOffice } from '../../../simulation/office.ts'
import { anOffice, delays, storedEmails } from './an-office.ts'

/** The promise, and a minute, as workers look up once a minute here. */
const WITHIN_MS = 16 * MINUTE
const MAILS = 40

let office: SimulatedOffice
afterEach(() => office[Symbol.asyncDispose]())

it('when every fifth notification is dropped without a word, all mail is there within 15 minutes, the last one too', async () => {
  office = await anOffice(['alice'], {
    ...{ mails: 20, folders: ['inbox'] },
    knobs: { delivery: { missedAfterLoss: false } },
    environment: { SYNC_POLL_MS: '60000' },
  })
  const { desk, notifications } = office.world.twin
  desk.dropNotifications({ rate: 0.2 })
  for (let n = 1; n < MAILS; n++) {
    await office.deliver('alice', 1)
    await office.world.advance(office.world.random.between(20, 300) * SECOND)
  }
  await office.world.advance(5 * MINUTE) // what has rung was answered
  desk.dropNotifications({ rate: 1 })
  await office.deliver('alice', 1)
  await office.world.advance(20 * SECOND)
  expect(notifications.losses.length).toBeGreaterThan(MAILS / 10)
  expect(await storedEmails(office)).toBeLessThan(20 + MAILS) // the last one is not known of, at least
  await office.world.advance(WITHIN_MS)
  expect(await storedEmails(office)).toBe(20 + MAILS)
  expect(await office.world.findings()).toEqual([])
  const took = (await delays(office)).map(({ all }) => all)
  expect(took).toHaveLength(MAILS)
  expect(Math.max(...took)).toBeLessThanOrEqual(WITHIN_MS)
})
