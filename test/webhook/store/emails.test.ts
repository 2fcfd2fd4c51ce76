import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import type { PageRequest, Reader, SeenEmail } from '../../../webhook/store/email-store.ts'
import { emailIdOf } from '../../../webhook/store/sealed-email.ts'
import { ALICE, anEmail, aSighting, BOB, NOW, WORKSPACE } from '../../support/builders.ts'
import { openStores, type OpenStores } from './open-stores.ts'

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

const alice: Reader = { workspaceId: WORKSPACE, userId: ALICE }
const bob: Reader = { workspaceId: WORKSPACE, userId: BOB }
const count = () => emailModel(stores.db).countDocuments()
const one = () => stores.emails.findByIdentity(WORKSPACE, 'id:one')

/** Of each: whether it came by this sighting first. */
const see = async (seen: SeenEmail[]) =>
  (await stores.emails.see(seen)).map(({ isFirst }) => isFirst)

const seenBy = (key: string, over: Parameters<typeof aSighting>[0] = {}) =>
  anEmail({ sighting: aSighting({ key, ...over }) })

describe('an e-mail', () => {
  it('is stored once however often its one sighting comes', async () => {
    expect(await see([anEmail()])).toEqual([true])
    const first = await one()
    expect(await see([anEmail()])).toEqual([true])
    expect(await see([anEmail(), anEmail()])).toEqual([true, true])
    expect((await one())?.sightings).toEqual(first?.sightings)
    expect(await count()).toBe(1)
  })

  it('has a sighting of each mailbox that has it', async () => {
    await see([seenBy('alice')])
    await see([seenBy('bob', { ownerUserId: BOB })])
    expect((await one())?.sightings.map(({ key }) => key)).toEqual(['alice', 'bob'])
  })

  it('keeps the words of who saw it first', async () => {
    await see([anEmail({ subject: 'Offer' })])
    await see([{ ...seenBy('bob'), subject: '[EXTERNAL] Offer' }])
    expect((await one())?.subject).toBe('Offer')
  })

  it('seen twice in one page is one e-mail with two sightings', async () => {
    expect(await see([seenBy('first'), seenBy('second')])).toEqual([true, false])
    expect((await one())?.sightings).toHaveLength(2)
  })

  it('is told from its neighbours in a page: new, known, new', async () => {
    const sighting = aSighting({ key: 'sync:mailbox-bob:message-9' })
    await see([anEmail({ identity: 'id:known', sighting })])
    const page = ['id:a', 'id:known', 'id:b'].map((identity) => anEmail({ identity }))
    expect(await see(page)).toEqual([true, false, true])
  })

  it('is another one in another workspace', async () => {
    await see([anEmail(), anEmail({ workspaceId: 'other' })])
    expect(await count()).toBe(2)
    expect((await stores.emails.findByIdentity('other', 'id:one'))?.workspaceId).toBe('other')
  })

  it('that cannot be stored is refused aloud, never passed over', async () => {
    const broken = anEmail({ identity: 'id:broken', receivedAt: new Date(Number.NaN) })
    await expect(see([anEmail(), broken])).rejects.toThrow()
  })

  it('needs no write when nobody saw any', async () => {
    expect(await see([])).toEqual([])
    expect(await stores.emails.findMany([])).toEqual([])
  })
})

describe('64 mailboxes that see one new e-mail at the same moment', () => {
  it('make one e-mail with 64 sightings', async () => {
    const keys = Array.from({ length: 64 }, (_, n) => `mailbox ${n}`)
    const isNew = await Promise.all(keys.map((key) => see([seenBy(key)])))
    expect(isNew.flat().filter(Boolean)).toHaveLength(1)
    expect(await count()).toBe(1)
    expect((await one())?.sightings.map(({ key }) => key).toSorted()).toEqual(keys.toSorted())
  })

  it('make one sighting when all of them are the same one', async () => {
    await Promise.all(Array.from({ length: 64 }, () => see([anEmail()])))
    expect((await one())?.sightings).toHaveLength(1)
  })
})

describe('an e-mail that was moved', () => {
  it('says its new folder, in the sighting that moved alone', async () => {
    await see([seenBy('moved')])
    await see([seenBy('other')])
    const id = emailIdOf(WORKSPACE, 'id:one')
    await stores.emails.moveSightings([
      { emailId: id, key: 'moved', folderId: 'folder-archive' },
      { emailId: id, key: 'unknown', folderId: 'folder-spam' },
    ])
    await stores.emails.moveSightings([])
    expect((await one())?.sightings.map(({ folderId }) => folderId)).toEqual([
      'folder-archive',
      'folder-inbox',
    ])
  })
})

describe('an e-mail that is seen again', () => {
  it('is new for the sighting it came by, also when that is told again after a crash', async () => {
    expect(await see([seenBy('first')])).toEqual([true])
    expect(await see([seenBy('second')])).toEqual([false])
    expect(await see([seenBy('first'), seenBy('second')])).toEqual([true, false])
  })
})

describe('e-mails that should be there', () => {
  it('say in which folder each mailbox saw them; of the others nothing is known', async () => {
    await see([seenBy('first'), seenBy('second')])
    const there = emailIdOf(WORKSPACE, 'id:one')
    expect(await stores.emails.seenIn([there, 'lost'])).toEqual(
      new Map([
        ['first', 'folder-inbox'],
        ['second', 'folder-inbox'],
      ]),
    )
    expect(await stores.emails.seenIn([])).toEqual(new Map())
  })
})

describe('a list of e-mails', () => {
  const readAll = async (reader: Reader, limit: number): Promise<string[]> => {
    const read: string[] = []
    let before: PageRequest['before'] = null
    for (;;) {
      const page = await stores.emails.page(reader, { limit, before })
      read.push(...page.map(({ identity }) => identity))
      const last = page.at(-1)
      if (!last) return read
      before = { receivedAt: last.receivedAt, id: last._id }
    }
  }

  it('is read page by page, newest first, each e-mail once, though many came in one second', async () => {
    const times = Array.from({ length: 50 }, (_, n) => new Date(NOW.getTime() + (n % 3) * 1_000))
    const mails = times.map((receivedAt, n) => anEmail({ identity: `id:${n}`, receivedAt }))
    await see(mails)
    const read = await readAll(alice, 7)
    expect(new Set(read).size).toBe(50)
    expect(read).toHaveLength(50)
    const second = (identity: string) => Number(identity.slice(3)) % 3
    expect(read.map(second)).toEqual(read.map(second).toSorted((a, b) => b - a))
    expect(await readAll(alice, 50)).toEqual(read)
  })

  it('goes on where it was when new mail comes in between', async () => {
    const mails = [1, 2, 3].map((n) =>
      anEmail({ identity: `id:${n}`, receivedAt: new Date(NOW.getTime() + n) }),
    )
    await see(mails)
    const [newest] = await stores.emails.page(alice, { limit: 1, before: null })
    await see([anEmail({ identity: 'id:later', receivedAt: new Date(NOW.getTime() + 9) })])
    const before = { receivedAt: newest!.receivedAt, id: newest!._id }
    const next = await stores.emails.page(alice, { limit: 9, before })
    expect(next.map(({ identity }) => identity)).toEqual(['id:2', 'id:1'])
  })

  it('is counted as far as is asked for, and one more', async () => {
    await see(['a', 'b', 'c', 'd'].map((name) => anEmail({ identity: `id:${name}` })))
    expect(await stores.emails.count(alice, 2)).toBe(3)
    expect(await stores.emails.count(alice)).toBe(4)
  })

  it('comes without bodies', async () => {
    await see([anEmail()])
    const [listed] = await stores.emails.page(alice, { limit: 1, before: null })
    const [named] = await stores.emails.findMany([listed!._id])
    expect(listed).not.toHaveProperty('bodyHtml')
    expect(named).not.toHaveProperty('bodyHtml')
    expect((await stores.emails.find(listed!._id))?.bodyHtml).toBe('<p>Good morning.</p>')
  })
})

describe('who may see an e-mail', () => {
  beforeEach(async () => {
    const work = aSighting({ key: 'alice work', mailboxId: 'work' })
    const shared = aSighting({ key: 'alice shared', mailboxId: 'shared' })
    const bobs = aSighting({ key: 'bob', mailboxId: 'bob', ownerUserId: BOB, messageId: 'bob-1' })
    await see([
      anEmail({ identity: 'id:work', messageIdKey: 'key-work', sighting: work }),
      anEmail({ identity: 'id:shared', sighting: shared }),
      anEmail({ identity: 'id:bob', messageIdKey: 'key-bob', sighting: bobs }),
      anEmail({ identity: 'id:work', sighting: bobs }),
      anEmail({ identity: 'id:elsewhere', workspaceId: 'other' }),
    ])
  })
  const listed = async (reader: Reader) => {
    const page = await stores.emails.page(reader, { limit: 9, before: null })
    expect(await stores.emails.count(reader)).toBe(page.length)
    return page.map(({ identity }) => identity).toSorted()
  }

  it('is who has a sighting of it, and a colleague’s e-mail is not in my list', async () => {
    expect(await listed(alice)).toEqual(['id:shared', 'id:work'])
    expect(await listed(bob)).toEqual(['id:bob', 'id:work'])
    expect(await listed({ ...alice, userId: 'stranger' })).toEqual([])
  })

  it('can look at one mailbox alone', async () => {
    expect(await listed({ ...alice, mailboxId: 'work' })).toEqual(['id:work'])
    expect(await listed({ ...alice, mailboxId: 'nobody' })).toEqual([])
  })

  it('finds the open message by its Message-ID or by its id in the mailbox', async () => {
    const find = (reader: Reader, messageIdKey: string | null, itemId: string | null) =>
      stores.emails.findOpen(reader, { messageIdKey, itemId })
    expect((await find(alice, 'key-work', null))?.identity).toBe('id:work')
    expect((await find(bob, 'key-bob', null))?.identity).toBe('id:bob')
    expect((await find(bob, null, 'bob-1'))?.identity).toBeDefined()
    expect(await find(alice, 'key-bob', null)).toBeNull()
    expect(await find({ ...bob, workspaceId: 'other' }, 'key-bob', null)).toBeNull()
    expect(await find(alice, 'key-unknown', 'id-unknown')).toBeNull()
  })
})
