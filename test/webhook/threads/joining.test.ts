import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import mongoose from 'mongoose'
import { openThreads } from '../../../webhook/threads/open-threads.ts'
import { seeInThreads } from '../../../webhook/threads/see-in-threads.ts'
import { BOB, WORKSPACE } from '../../support/builders.ts'
import { openOffice, seen, type Mail, type Office } from './an-office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office[Symbol.asyncDispose]())
beforeEach(() => office.clear())

describe('a thread', () => {
  it('is the mail and its answers, whichever comes first', async () => {
    const mails: Mail[] = [
      { id: 'offer' },
      { id: 're', references: ['offer'], inReplyTo: 'offer' },
      { id: 're-re', references: ['offer', 're'] },
      { id: 'else' },
    ]
    await office.receive(mails)
    expect(await office.conversations()).toEqual([['else'], ['offer', 're', 're-re']])
    await office.clear()
    for (const mail of mails.toReversed()) await office.receive([mail])
    expect(await office.conversations()).toEqual([['else'], ['offer', 're', 're-re']])
  })

  it('goes by conversation within a mailbox alone', async () => {
    const inAlices = { conversation: 'c' }
    const inBobs = { conversation: 'c', mailbox: 'mailbox-bob', owner: BOB }
    await office.receive([{ id: 'a', ...inAlices }])
    await office.receive([{ id: 'b', ...inAlices }])
    await office.receive([{ id: 'x', ...inBobs }])
    expect(await office.conversations()).toEqual([['a', 'b'], ['x']])
    // A colleague's copy of one mail is what joins the two.
    await office.receive([{ id: 'a', ...inBobs }])
    expect(await office.conversations()).toEqual([['a', 'b', 'x']])
  })

  it('is one when a later mail says so, with everything that was in either', async () => {
    const half = (name: string): Mail[] =>
      Array.from({ length: 4 }, (_, n) => ({ id: `${name}${n}`, references: [`${name}0`] }))
    await office.receive(half('a'))
    await office.receive(half('b'))
    expect(await office.conversations()).toHaveLength(2)
    await office.receive([{ id: 'c', references: ['a2', 'b3'] }])
    expect(await office.conversations()).toHaveLength(1)
  })

  it('never meets one of another workspace', async () => {
    await office.receive([{ id: 'a', conversation: 'c' }])
    await office.receive([{ id: 'a', conversation: 'c', workspaceId: 'other' }])
    const [ours, theirs] = [await office.threadIds(), await office.threadIds('other')]
    expect(ours.get('a')).not.toBe(theirs.get('a'))
  })

  it('is one when 64 write at the same time', async () => {
    const store = (mail: Mail) => seeInThreads(office, WORKSPACE, [seen(mail)])
    const chain = Array.from({ length: 64 }, (_, n) => ({ id: `m${n}`, references: [`m${n + 1}`] }))
    await Promise.all(chain.map(store))
    expect(await office.conversations()).toEqual([chain.map(({ id }) => id).toSorted()])
  })

  it('is the same whatever order mail comes in, on however many pages, by one or by many', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(aMail, { maxLength: 16 }),
        pages,
        async (parts, { size, atOnce }) => {
          const workspaceId = `run-${run++}`
          const mails = parts.map((mail) => ({ ...mail, workspaceId }))
          for (let at = 0; at < mails.length; at += size * atOnce) {
            const some = mails.slice(at, at + size * atOnce)
            const split = Array.from({ length: atOnce }, (_, n) =>
              some.slice(n * size, (n + 1) * size),
            )
            await Promise.all(
              split.filter((page) => page.length > 0).map((page) => office.receive(page)),
            )
          }
          expect(await office.conversations(workspaceId)).toEqual(expected(parts))
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('what threads cost', () => {
  it('is three reads and two writes for a page of a hundred new mails', async () => {
    const asked: string[] = []
    const watched = await mongoose
      .createConnection(office.url, { monitorCommands: true, autoIndex: false, autoCreate: false })
      .asPromise()
    watched.getClient().on('commandStarted', ({ commandName }) => asked.push(commandName))
    const { threads } = openThreads({ ...office, db: watched })
    const page = (name: string, of: string): Mail[] =>
      Array.from({ length: 100 }, (_, n) => {
        return { id: `${name}${n}`, references: [`${of}${n - (n % 2)}`], conversation: `c${n}` }
      })
    const parts = { ...office, threads }
    await office.receive(page('a', 'a'), parts)
    expect(asked).toEqual(['find', 'insert', 'insert', 'find'])
    asked.length = 0
    await office.receive(page('b', 'a'), parts)
    expect(asked).toEqual(['find', 'find', 'insert', 'find'])
    expect(await office.conversations()).toHaveLength(50)
    await watched.close()
  })
})

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
const aMail: fc.Arbitrary<Mail> = fc.record({
  id: fc.constantFrom(...names),
  references: fc.array(fc.constantFrom(...names, 'never', 'seen'), { maxLength: 2 }),
  inReplyTo: fc.option(fc.constantFrom(...names), { nil: null }),
  conversation: fc.option(fc.constantFrom('c1', 'c2', 'c3'), { nil: null }),
  mailbox: fc.constantFrom('box-1', 'box-2'),
})
const pages = fc.record({
  size: fc.integer({ min: 1, max: 5 }),
  atOnce: fc.integer({ min: 1, max: 4 }),
})

/** The same by plain thought: whoever shares a name is together, and so are friends of friends. */
function expected(mails: Mail[]): string[][] {
  let groups: { ids: Set<string>; names: Set<string> }[] = []
  for (const { id, references = [], inReplyTo, conversation, mailbox = '' } of mails) {
    const said = [id, ...references, ...(inReplyTo ? [inReplyTo] : [])]
    const all = new Set([...said, ...(conversation ? [`${mailbox}/${conversation}`] : [])])
    const mine = groups.filter((group) => [...all].some((name) => group.names.has(name)))
    groups = groups.filter((group) => !mine.includes(group))
    for (const group of mine) group.names.forEach((name) => all.add(name))
    groups.push({ ids: new Set([id, ...mine.flatMap((group) => [...group.ids])]), names: all })
  }
  return groups.map(({ ids }) => [...ids].toSorted()).toSorted()
}
