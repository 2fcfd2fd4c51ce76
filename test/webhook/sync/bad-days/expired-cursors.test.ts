import { afterEach, expect, it } from '@jest/globals'
import { people } from '../../../../sandbox/sign-in/directory.ts'
import { MINUTE, SECOND } from '../../../../webhook/duration.ts'
import type { SimulatedOffice } from '../../../simulation/office.ts'
import { anOffice, delays, idsIn, storedEmails } from './an-office.ts'
import { sized } from '../../../support/sized.ts'

const FOLDERS = sized(12, 30)

let office: SimulatedOffice
afterEach(() => office[Symbol.asyncDispose]())

it(`when Graph forgets ${FOLDERS} folders at once (410), each is read again, nothing is there twice, and another mailbox notices nothing`, async () => {
  office = await anOffice(['bob'], {
    mails: 5,
    folders: ['inbox'],
  })
  const { oid } = people.alice
  const folders = Array.from(
    { length: FOLDERS },
    (_, n) => office.mail.addFolder(oid, 'msgfolderroot', `Folder ${n}`).id,
  )
  for (const folder of folders) await office.deliver('alice', 3, folder)
  await office.watch('alice', folders)
  await office.world.advance(10 * MINUTE)
  expect(await storedEmails(office)).toBe(3 * FOLDERS + 5)

  const { desk, requests } = office.world.twin
  desk.dropNotifications({ rate: 1 })
  for (const folder of folders.slice(0, 10)) {
    const [one] = idsIn(office, 'alice', folder)
    office.mail.remove(oid, one!, { purge: true })
  }
  desk.dropNotifications({ rate: 0 })
  for (const folder of folders) desk.killDeltaToken(oid, folder)
  requests.clear()
  for (const folder of folders) await office.deliver('alice', 1, folder)
  for (let n = 0; n < 10; n++) {
    await office.deliver('bob', 1)
    await office.world.advance(30 * SECOND)
  }
  expect(requests.find({ path: 'delta' }).filter(({ status }) => status === 410)).toHaveLength(
    FOLDERS,
  )
  expect(await office.world.findings()).toEqual([])
  expect(await storedEmails(office)).toBe(4 * FOLDERS + 15)
  const ours = (await delays(office)).map((delay) => delay.ours)
  expect(ours.length).toBeGreaterThanOrEqual(10)
  expect(Math.max(...ours)).toBeLessThan(MINUTE)
})
