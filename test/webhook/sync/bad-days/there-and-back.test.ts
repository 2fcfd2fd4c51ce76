import { afterEach, expect, it } from '@jest/globals'
import { people } from '../../../../sandbox/sign-in/directory.ts'
import { MINUTE, SECOND } from '../../../../webhook/duration.ts'
import type { SimulatedOffice } from '../../../simulation/office.ts'
import { anOffice, idsIn, onceGone, storedEmails } from './an-office.ts'
import { sized } from '../../../support/sized.ts'

const MAILS = sized(80, 200)
const { oid } = people.alice

let office: SimulatedOffice
afterEach(() => office[Symbol.asyncDispose]())

it(`${MAILS} messages that are moved five times, to watched folders and others and back, are e-mails once, each where its message lies`, async () => {
  office = await anOffice(['alice'], { mails: MAILS, folders: ['inbox', 'archive'] })
  const { random } = office.world
  const all = idsIn(office, 'alice', 'inbox')
  for (const folder of ['archive', 'sentitems', 'inbox', 'archive', 'inbox']) {
    for (let left = random.shuffle(all); left.length > 0; left = left.slice(50)) {
      office.mail.bulkMove(oid, left.slice(0, 50), folder)
      await office.world.advance(random.between(0, 40) * SECOND)
    }
  }
  await office.world.advance(5 * MINUTE)
  expect(await storedEmails(office)).toBe(MAILS)
  expect(await office.world.findings()).toEqual([])
})

it('messages that were elsewhere for a moment are where they were and were never gone, though Graph tells of their leaving alone', async () => {
  office = await anOffice(['alice'], {
    ...{ mails: 20, folders: ['inbox', 'archive'] },
    knobs: { mail: { deltaLosesRoundTrips: true } },
  })
  const all = idsIn(office, 'alice', 'inbox')
  office.mail.bulkMove(oid, all.slice(0, 10), 'archive')
  office.mail.bulkMove(oid, all.slice(10), 'sentitems')
  office.mail.bulkMove(oid, all, 'inbox')
  await office.world.advance(2 * MINUTE)
  expect(await storedEmails(office)).toBe(20)
  expect(await onceGone(office)).toBe(0)
  // And to stay, for one half: from one watched folder to another.
  office.mail.bulkMove(oid, all.slice(0, 10), 'archive')
  await office.world.advance(2 * MINUTE)
  expect(await onceGone(office)).toBe(0)
  expect(await office.world.findings()).toEqual([])
})
