import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import type { SeenEmail } from '../../../webhook/store/email-store.ts'
import { anEmail, aSighting } from '../../support/builders.ts'
import { openStores, type OpenStores } from './open-stores.ts'

/** B8: all 10,000 with `B8=10000`. */
const KEYS = Number(process.env['B8'] ?? 40)
const WRITERS = 64
const MAILBOXES = 4
const AT_ONCE = 100

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

const SENT = new Date('2026-11-20T08:59:30Z')
const LATER = new Date(SENT.getTime() + 90 * MINUTE)
const all = () => emailModel(stores.db).find().lean()
const keysOf = async () =>
  (await all()).map(({ sightings }) => sightings.map(({ key }) => key).toSorted()).toSorted()
const copy = (key: string, sentAt: Date | null = SENT, over: Partial<SeenEmail> = {}) =>
  anEmail({ sentAt, sighting: aSighting({ key }), ...over })
const see = async (...seen: SeenEmail[]) => stores.emails.see(await stores.emails.settle(seen))

describe(`${WRITERS} writers of the same new e-mails (B8)`, () => {
  const writers = Array.from({ length: WRITERS }, (_, n) => `mailbox ${n}`)

  it(
    `make one of each with its ${MAILBOXES} sightings, among ${KEYS} e-mails`,
    async () => {
      for (let from = 0; from < KEYS; from += AT_ONCE) {
        const count = Math.min(AT_ONCE, KEYS - from)
        const names = Array.from({ length: count }, (_, n) => `id:${from + n}`)
        const told = await Promise.all(
          writers.map((_key, n) =>
            see(...names.map((identity) => copy(`mailbox ${n % MAILBOXES}`, SENT, { identity }))),
          ),
        )
        const firsts = told.flat().filter(({ isFirst }) => isFirst)
        expect(new Set(firsts.map(({ identity }) => identity))).toEqual(new Set(names))
        expect(firsts).toHaveLength((count * WRITERS) / MAILBOXES)
      }
      expect(await emailModel(stores.db).countDocuments()).toBe(KEYS)
      const complete = { sightings: { $size: MAILBOXES } }
      expect(await emailModel(stores.db).countDocuments(complete)).toBe(KEYS)
    },
    (60 + KEYS / 5) * 1_000,
  )

  it('make two where half of them have another sending under the same Message-ID', async () => {
    for (let round = 0; round < 2; round++) {
      await stores.clear()
      const told = await Promise.all(
        writers.map((key, n) => see(copy(key, n % 2 ? SENT : LATER, { identity: 'id:forged' }))),
      )
      expect(told.flat().filter(({ isFirst }) => isFirst)).toHaveLength(2)
      const byDate = (n: number) => writers.filter((_, at) => at % 2 === n).toSorted()
      expect(await keysOf()).toEqual([byDate(0), byDate(1)])
    }
  })

  it('agree on the date of one whose first copy told none', async () => {
    await see(copy('by hand', null))
    await Promise.all(writers.map((key, n) => see(copy(key, n % 2 ? SENT : LATER))))
    const stored = await all()
    expect(stored.map(({ sightings }) => sightings.length).toSorted()).toEqual([32, 33])
    expect(stored.map(({ sentAt }) => sentAt?.getTime()).toSorted()).toEqual(
      [SENT, LATER].map(Number).toSorted(),
    )
  })
})

describe('the same Message-ID from the same sender, sent at another time', () => {
  it('is another e-mail, also in one page and when it is told again after a crash', async () => {
    const page = [copy('first'), copy('second', LATER), copy('third', LATER)]
    const told = await see(...page)
    expect(told.map(({ isFirst }) => isFirst)).toEqual([true, true, false])
    expect(await keysOf()).toEqual([['first'], ['second', 'third']])
    expect(await see(...page)).toEqual(told)
    expect(await stores.emails.see(page)).toEqual(told)
  })

  it('is set right also where nobody has looked before it is stored', async () => {
    await stores.emails.see([copy('first')])
    await stores.emails.see([copy('second', LATER)])
    expect(await keysOf()).toEqual([['first'], ['second']])
  })

  it('stays the e-mail that it is when the other one is gone', async () => {
    const [first, second] = await see(copy('first'), copy('second', LATER))
    await stores.sightings.withdraw([{ emailId: first!.emailId, key: 'first' }])
    const [again] = await see(copy('third', LATER))
    expect(again?.emailId).toBe(second?.emailId)
  })
})

describe('an e-mail of which a further copy knows more', () => {
  it('takes the sent date and the attachments that the first copy did not tell', async () => {
    await see(copy('by hand', null))
    await see(copy('synced', SENT, { hasAttachments: true }))
    await see(copy('late', new Date(SENT.getTime() + 1_000)))
    expect(await all()).toMatchObject([
      { sentAt: SENT, hasAttachments: true, sightings: [{}, {}, {}] },
    ])
  })
})
