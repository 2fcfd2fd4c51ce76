import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { groupsOf } from '../../../webhook/threads/decide/groups.ts'
import { threadKeysOf, type ThreadFacts } from '../../../webhook/threads/decide/thread-keys.ts'
import { someKeys } from '../../support/keys.ts'

const facts = (over: Partial<ThreadFacts> = {}): ThreadFacts => ({
  ...{ identity: 'print:1', internetMessageId: '<one@customer.example>', references: [] },
  ...{ inReplyTo: null, conversation: null },
  ...over,
})
const keysOf = (over: Partial<ThreadFacts> = {}, workspace = someKeys()) =>
  threadKeysOf(workspace.blind, facts(over))
const meet = (one: string[], other: string[]) => one.some((key) => other.includes(key))

const word = fc.stringMatching(/^[a-z0-9]{1,12}$/)
const messageId = word.map((left) => `<${left}@customer.example>`)

describe('the keys of an e-mail', () => {
  it('let it meet what it answers and what it refers to, however relays have spelled them', () => {
    fc.assert(
      fc.property(messageId, fc.constantFrom('references', 'inReplyTo'), (id, by) => {
        const spelled = ` ${id.toUpperCase()} `
        const told = by === 'references' ? { references: [spelled] } : { inReplyTo: spelled }
        const reply = keysOf({ internetMessageId: '<reply@flow.example>', ...told })
        expect(reply).toContain(keysOf({ internetMessageId: id })[0])
      }),
    )
  })

  it('let it meet its conversation in its own mailbox, and no other', () => {
    const first = { mailboxId: 'a', conversationId: 'c' }
    const mail = keysOf({ conversation: first })
    const other = (conversation: ThreadFacts['conversation']) =>
      keysOf({ internetMessageId: '<other@x.example>', conversation })
    expect(meet(mail, other(first))).toBe(true)
    expect(meet(mail, other({ ...first, mailboxId: 'b' }))).toBe(false)
    expect(meet(mail, other({ ...first, conversationId: 'd' }))).toBe(false)
  })

  it('meet nothing in another workspace', () => {
    const all = {
      references: ['<a@x>', '<b@x>'],
      conversation: { mailboxId: 'a', conversationId: 'c' },
    }
    expect(meet(keysOf(all), keysOf(all, someKeys('another')))).toBe(false)
  })

  it('never take a Message-ID for a conversation or for a mail without one', () => {
    fc.assert(
      fc.property(word, (text) => {
        const mail = keysOf({ internetMessageId: text })
        const nameless = keysOf({ internetMessageId: null, identity: text })
        const conversation = { mailboxId: text, conversationId: text }
        const [, placed = ''] = keysOf({ conversation })
        expect(new Set([mail[0], nameless[0], placed]).size).toBe(3)
      }),
    )
  })

  it('are its own one alone where it has neither a Message-ID nor a conversation', () => {
    const nameless = keysOf({ internetMessageId: ' ', identity: 'print:1' })
    expect(nameless).toHaveLength(1)
    expect(meet(nameless, keysOf({ internetMessageId: null, identity: 'print:2' }))).toBe(false)
  })

  it('are of the beginning and the end of a header that is too long', () => {
    fc.assert(
      fc.property(fc.uniqueArray(messageId, { maxLength: 200 }), (references) => {
        const keys = keysOf({ internetMessageId: '<own@flow.example>', references })
        expect(keys.length).toBe(1 + Math.min(references.length, 50))
        const ends = [...references.slice(0, 5), ...references.slice(-45)]
        for (const id of ends) expect(keys).toContain(keysOf({ internetMessageId: id })[0])
      }),
      { numRuns: 30 },
    )
  })
})

describe('a page', () => {
  const page = fc.array(
    fc.array(fc.constantFrom(...'abcdefghij'), { minLength: 1, maxLength: 4 }),
    {
      maxLength: 12,
    },
  )
  const known = fc.dictionary(fc.constantFrom(...'abcdefghij'), fc.constantFrom('S', 'T', 'U'))

  it('falls into groups of what shares a key or a known thread, and into no fewer', () => {
    fc.assert(
      fc.property(page, known, (mails, threads) => {
        const threadOf = new Map(Object.entries(threads))
        const groups = groupsOf(mails, threadOf)
        expect(groups.flatMap((group) => group.mails).toSorted((a, b) => a - b)).toEqual([
          ...mails.keys(),
        ])
        const namesOf = (at: number) => (mails[at] ?? []).map((key) => threadOf.get(key) ?? key)
        for (const [at, group] of groups.entries()) {
          const names = new Set(group.mails.flatMap(namesOf))
          const others = groups.filter((_group, other) => other !== at)
          const theirs = others.flatMap((other) => other.mails.flatMap(namesOf))
          expect(theirs.filter((name) => names.has(name))).toEqual([])
          expect(isOnePiece(group.mails.map(namesOf))).toBe(true)
          const told = [group.thread, ...group.others, ...group.newKeys]
          expect(new Set(told)).toEqual(names)
        }
      }),
    )
  })

  it('goes into the least thread that is known, whatever its keys are', () => {
    const threadOf = new Map(Object.entries({ b: 'T', c: 'S' }))
    expect(groupsOf([['a', 'b'], ['c'], ['a', 'c']], threadOf)).toEqual([
      { mails: [0, 1, 2], thread: 'S', others: ['T'], newKeys: ['a'] },
    ])
  })
})

/** Whether one gets from the first to all others by what they share. */
function isOnePiece(mails: string[][]): boolean {
  const reached = new Set(mails[0])
  let left = mails.slice(1)
  for (;;) {
    const next = left.filter((names) => names.some((name) => reached.has(name)))
    if (next.length === 0) return left.length === 0
    for (const name of next.flat()) reached.add(name)
    left = left.filter((names) => !next.includes(names))
  }
}
