import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import type { SharingChoice } from '../../../models/mailbox.ts'
import { Random } from '../../../sandbox/random.ts'
import { Emails } from '../../../webhook/crm/email-desk.ts'
import { NotFoundError, StoreUnavailableError } from '../../../webhook/errors.ts'
import {
  ALICE,
  aNewMailbox,
  anEmail,
  aPerson,
  aSighting,
  BOB,
  bob,
} from '../../support/builders.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'

const alice = aPerson()
const auditor = aPerson({ userId: 'auditor', roles: ['auditor'] })
const admin = aPerson({ userId: 'admin', roles: ['member', 'admin'] })
const stranger = aPerson({ userId: BOB, workspaceId: 'another-workspace' })

let stores: OpenStores
let desk: Emails
beforeAll(async () => {
  stores = await openStores()
  const handLog = {
    check: async () => ({ copy: null, deduplicate: true }),
    follow: async () => undefined,
  }
  desk = new Emails({ ...stores, handLog, onLogged: () => undefined })
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

/** Alice's mailbox, which shares that much, or nothing was chosen. */
async function aMailboxOf(ownerUserId: string, sharing: SharingChoice | null): Promise<string> {
  const { _id, settings } = await stores.mailboxes.connect(
    aNewMailbox({
      providerUserId: ownerUserId,
      ownerUserId,
      address: `${ownerUserId}@flow.example`,
    }),
  )
  await stores.mailboxes.saveSettings(_id, { ...settings, sharing })
  return _id
}

let count = 0
/** An e-mail that was seen in these mailboxes. */
async function mailIn(places: { mailboxId: string; owner: string }[], isMatched = true) {
  const identity = `id:${++count}`
  for (const { mailboxId, owner: ownerUserId } of places)
    await stores.emails.see([
      anEmail({
        ...{ identity, bcc: [{ name: 'Hidden', address: 'hidden@customer.example' }] },
        sighting: aSighting({ key: `${identity}/${mailboxId}`, mailboxId, ownerUserId }),
      }),
    ])
  const { _id } = (await emailModel(stores.db).findOne({ identity }).lean())!
  if (isMatched) await emailModel(stores.db).updateOne({ _id }, { $set: { contactIds: ['carol'] } })
  return _id
}

const list = (person = bob) => desk.page(person, { limit: 50, cursor: null })

describe('a colleague’s matched e-mail', () => {
  it.each([
    ['full', { subject: 'Offer', preview: 'Good morning.', visibility: 'full' }],
    ['subject', { subject: 'Offer', preview: '', visibility: 'subject' }],
    ['metadata', { subject: '', preview: '', visibility: 'metadata' }],
  ] as const)('is shown as far as its mailbox shares: %s', async (sharing, shown) => {
    const mailboxId = await aMailboxOf(ALICE, sharing)
    await mailIn([{ mailboxId, owner: ALICE }])
    const { emails, total } = await list()
    expect(total).toBe(1)
    expect(emails).toEqual([expect.objectContaining({ ...shown, sightings: [] })])
    expect(emails[0]).toMatchObject({ from: { address: 'carol@customer.example' } })
    expect((await list(alice)).emails).toMatchObject([{ subject: 'Offer', visibility: 'full' }])
  })

  it('is of the provider of the mailbox that shares it', async () => {
    const [hers, his] = [await aMailboxOf(ALICE, 'subject'), await aMailboxOf(BOB, 'private')]
    await mailIn([{ mailboxId: hers, owner: ALICE }])
    const ofOutlook = async (mailbox: string | null) =>
      (await desk.page(bob, { limit: 50, cursor: null, provider: 'outlook', mailbox })).total
    expect([await ofOutlook(null), await ofOutlook(hers), await ofOutlook(his)]).toEqual([1, 1, 0])
  })

  it.each([['private'], [null]] as const)('is not shown when that is %s', async (sharing) => {
    const mailboxId = await aMailboxOf(ALICE, sharing)
    const id = await mailIn([{ mailboxId, owner: ALICE }])
    expect(await list()).toMatchObject({ emails: [], total: 0 })
    await expect(stores.access.open(bob, id)).rejects.toThrow(NotFoundError)
  })

  it('is not shown to an auditor who is no member, nor in another workspace', async () => {
    const mailboxId = await aMailboxOf(ALICE, 'full')
    const id = await mailIn([{ mailboxId, owner: ALICE }])
    for (const person of [auditor, stranger]) {
      expect(await list(person)).toMatchObject({ emails: [], total: 0 })
      await expect(stores.access.open(person, id)).rejects.toThrow(NotFoundError)
    }
  })

  it('is shown by its most open mailbox; its attachments and body only in full', async () => {
    const [hers, his] = [await aMailboxOf(ALICE, 'metadata'), await aMailboxOf(BOB, 'subject')]
    const id = await mailIn([
      { mailboxId: hers, owner: ALICE },
      { mailboxId: his, owner: BOB },
    ])
    expect((await stores.access.open(admin, id)).level).toBe('subject')
    expect(await stores.access.check(admin, id)).toBe('subject')
    await expect(stores.access.open(admin, id, 'full')).rejects.toThrow(NotFoundError)
    await expect(stores.access.check(admin, id, 'full')).rejects.toThrow(NotFoundError)
    expect(await stores.access.check(bob, id, 'full')).toBe('full')
  })
})

describe('an unmatched e-mail', () => {
  it('is its owner’s alone, whatever the mailbox shares', async () => {
    const mailboxId = await aMailboxOf(ALICE, 'full')
    await mailIn([{ mailboxId, owner: ALICE }], false)
    expect((await list(alice)).total).toBe(1)
    for (const person of [bob, admin, auditor]) expect((await list(person)).total).toBe(0)
  })
})

describe('the list', () => {
  it('shows just what the rules of visibility say, to the end of its pages', async () => {
    const random = new Random(46)
    const levels = ['full', 'subject', 'metadata', 'private', null] as const
    const owners = ['o1', 'o2', 'o3', 'o4', 'o5']
    const boxes = new Map<string, string>()
    for (const [n, owner] of owners.entries()) boxes.set(owner, await aMailboxOf(owner, levels[n]!))
    const ids: string[] = []
    for (let n = 0; n < 60; n++) {
      const chosen = random.shuffle(owners).slice(0, random.between(1, 3))
      const places = chosen.map((owner) => ({ owner, mailboxId: boxes.get(owner)! }))
      ids.push(await mailIn(places, random.chance(0.7)))
    }
    for (const person of [...owners.map((userId) => aPerson({ userId })), bob, auditor]) {
      const allowed = await stores.access.levels(person, await stores.emails.findMany(ids))
      const expected = [...allowed].filter(([, level]) => level !== 'none').sort()
      const shown: [string, string][] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof list>> = await desk.page(person, {
          ...{ limit: 7, cursor },
        })
        expect(page.total).toBe(expected.length)
        shown.push(...page.emails.map(({ id, visibility }): [string, string] => [id, visibility]))
        cursor = page.nextCursor
      } while (cursor)
      expect(shown.sort()).toEqual(expected)
    }
  })

  it('is written down with its length, and is not shown when that fails', async () => {
    const mailboxId = await aMailboxOf(ALICE, 'full')
    await mailIn([{ mailboxId, owner: ALICE }])
    await list()
    expect(stores.audit.written.at(-1)).toEqual({
      workspaceId: bob.workspaceId,
      who: { userId: BOB, role: 'member' },
      action: 'emails-listed',
      object: { kind: 'mailbox', id: 'all' },
      details: { count: 1 },
    })
    stores.audit.mishap = () => {
      throw new StoreUnavailableError('no audit')
    }
    await expect(list()).rejects.toThrow('no audit')
    stores.audit.mishap = () => undefined
  })
})
