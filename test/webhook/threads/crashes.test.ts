import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import { threadKeyModel } from '../../../models/threads/thread-key.ts'
import { insertNew } from '../../../webhook/store/duplicate.ts'
import { EmailStore } from '../../../webhook/store/email-store.ts'
import { ThreadKeyStore } from '../../../webhook/threads/key-store.ts'
import { ThreadMergeStore } from '../../../webhook/threads/merge-store.ts'
import { ThreadedEmails } from '../../../webhook/threads/threaded-emails.ts'
import { Threads } from '../../../webhook/threads/threads.ts'
import { aPerson, WORKSPACE } from '../../support/builders.ts'
import { openOffice, seen, type Mail, type Office } from './an-office.ts'

const alice = aPerson()

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office[Symbol.asyncDispose]())
beforeEach(() => office.clear())

const WRITES = ['add', 'join', 'bring', 'put', 'see', 'follow', 'around']

/** Dies right after its n-th write; nothing of it reaches the database any more. */
function anInstanceThatDies(after: number) {
  let writes = 0
  const mortal = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (!(value instanceof Function)) return value
        return async (...given: unknown[]) => {
          if (writes >= after) throw new Error('dead')
          const answer: unknown = await Reflect.apply(value, target, given)
          if (WRITES.includes(String(name)) && ++writes === after) throw new Error('dies')
          return answer
        }
      },
    })
  const { db, clock, vault, matcher, pins } = office
  const threads = new Threads({
    keys: mortal(new ThreadKeyStore(db)),
    merges: mortal(new ThreadMergeStore({ db, clock })),
    emails: mortal(new ThreadedEmails(db)),
    ...{ pins: mortal(pins), matching: mortal(matcher), vault },
  })
  const emails = mortal(new EmailStore({ db, vault }))
  return { parts: { threads, emails }, hasDied: () => writes >= after }
}

const halves = async () => {
  const { id: contactId } = await office.desks.contacts.create(alice, {
    ...{ name: 'Carol', jobTitle: '', phone: '', addresses: [] },
  })
  await office.receive([{ id: 'a' }, { id: 'a2', references: ['a'] }])
  await office.receive([{ id: 'b' }, { id: 'b2', references: ['b'] }])
  await office.receive([{ id: 'c' }])
  const pin = { emailId: office.idOf('b'), contactId, belongs: true }
  await office.desks.matches.pin(alice, pin)
  return contactId
}
const joining: Mail[] = [
  { id: 'new', references: ['a', 'b', 'c'] },
  { id: 'c2', inReplyTo: 'c' },
]
const all = ['a', 'a2', 'b', 'b2', 'c', 'c2', 'new']

/** Every e-mail is where its own key is. */
async function strayed(): Promise<string[]> {
  const roots = await threadKeyModel(office.db).find({ into: null }).lean()
  const known = new Set(roots.map(({ _id }) => _id))
  const threads = await office.threadIds()
  return [...threads].filter(([, thread]) => !known.has(thread ?? '')).map(([id]) => id)
}

describe('an instance that dies while it joins threads', () => {
  it('after whichever write leaves nothing that the repeated page and upkeep do not finish', async () => {
    let deaths = 0
    for (let after = 1; ; after++, deaths++) {
      await office.clear()
      const contactId = await halves()
      const { parts, hasDied } = anInstanceThatDies(after)
      await office.receive(joining, parts).catch(() => undefined)
      if (!hasDied()) break
      await office.receive([{ id: 'c3', references: ['c'] }]) // at another instance, in between
      await office.receive(joining)
      await office.upkeep()
      expect([after, await office.conversations()]).toEqual([after, [[...all, 'c3'].toSorted()]])
      for (const id of [...all, 'c3'])
        expect([after, id, await office.contactIdsOf(office.idOf(id))]).toEqual([
          after,
          id,
          [contactId],
        ])
      expect([after, await office.mergesLeft()]).toEqual([after, 0])
    }
    expect(deaths).toBeGreaterThan(8)
  }, 30_000)

  it('leaves no stray e-mail when nobody repeats what it did', async () => {
    for (let after = 1; ; after++) {
      await office.clear()
      await halves()
      const { parts, hasDied } = anInstanceThatDies(after)
      await office.receive(joining, parts).catch(() => undefined)
      if (!hasDied()) break
      await office.upkeep()
      expect([after, await strayed()]).toEqual([after, []])
    }
  }, 30_000)
})

describe('an e-mail that is stored in a thread just as it ends', () => {
  const late = seen({ id: 'late', references: ['b'] })
  const slowly = async (between: () => Promise<void>) => {
    const { threads, emails } = office
    const { identity, internetMessageId, references, inReplyTo } = late.seen
    const facts = { identity, internetMessageId, references, inReplyTo, conversation: null }
    const [joined = ''] = await threads.of(WORKSPACE, [facts])
    await between()
    const [stored] = await emails.see([{ ...late.seen, threadId: joined }])
    return { emailId: stored!.emailId, threadId: stored!.threadId, joined }
  }
  const join = () => office.receive([{ id: 'new', references: ['a', 'b'] }])

  it('follows at once', async () => {
    await office.receive([{ id: 'a' }])
    await office.receive([{ id: 'b' }])
    const placed = await slowly(join)
    await office.threads.settle(WORKSPACE, [placed])
    expect(await office.conversations()).toEqual([['a', 'b', 'late', 'new']])
  })

  it('follows at the second look when nobody is there any more', async () => {
    await office.receive([{ id: 'a' }])
    await office.receive([{ id: 'b' }])
    await slowly(join)
    await office.upkeep()
    expect(await office.conversations()).toEqual([['a', 'b', 'late', 'new']])
    expect(await strayed()).toEqual([])
  })
})

describe('a long thread', () => {
  it('follows as far as a page can wait, and upkeep brings the rest', async () => {
    const { db } = office
    await office.receive([{ id: 'a' }])
    await office.receive([{ id: 'b' }])
    const threads = await office.threadIds()
    const [, ended = ''] = [threads.get('a') ?? '', threads.get('b') ?? ''].toSorted()
    const [one] = await emailModel(db).find({ threadId: ended }).lean()
    const copyOf = (n: number) => ({ ...one!, _id: `copy-${n}`, identity: `id:x${n}` })
    await insertNew(
      emailModel(db),
      Array.from({ length: 2_050 }, (_, n) => copyOf(n)),
    )
    await office.receive([{ id: 'new', references: ['a', 'b'] }])
    expect(await emailModel(db).countDocuments({ threadId: ended })).toBe(51)
    await office.upkeep()
    expect(await emailModel(db).countDocuments({ threadId: ended })).toBe(0)
  })
})
