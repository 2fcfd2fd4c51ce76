import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { MessageChange } from '../../../../webhook/provider/provider.ts'
import {
  planPage,
  type KnownEntry,
  type PagePlan,
} from '../../../../webhook/sync/decide/plan-page.ts'
import { aMessage } from '../../../support/builders.ts'

const present = (messageId: string, subject = 'Offer'): MessageChange => ({
  kind: 'present',
  messageId,
  message: aMessage({ messageId, subject }),
})
const change = (kind: 'sparse' | 'removed' | 'unreadable', messageId: string): MessageChange => ({
  kind,
  messageId,
})
const entry = (over: Partial<KnownEntry> = {}): KnownEntry => ({
  folderId: 'inbox',
  state: 'stored',
  reason: 'new',
  emailId: 'email-1',
  ...over,
})

const nothing: PagePlan = { decide: [], moved: [], fetch: [], suspects: [], unreadable: [] }

/** The plan for Inbox when the ledger knows `known` of message "a". */
const plan = (changes: MessageChange[], known?: KnownEntry): PagePlan =>
  planPage(changes, new Map(known ? [['a', known]] : []), 'inbox')

const gone = entry({ state: 'gone', reason: 'moved-out' })
const draft = entry({ state: 'excluded', reason: 'draft', emailId: null })
const failed = entry({ state: 'failed', reason: 'malformed', emailId: null })
const elsewhere = entry({ folderId: 'archive' })

describe('a page of changes', () => {
  it.each<[string, MessageChange, KnownEntry | undefined, Partial<PagePlan>]>([
    ['decides on new mail', present('a'), undefined, { decide: [aMessage({ messageId: 'a' })] }],
    ['costs nothing when it is a replay', present('a'), entry(), {}],
    ['decides anew on a draft', present('a'), draft, { decide: [aMessage({ messageId: 'a' })] }],
    [
      'decides on mail that came back',
      present('a'),
      gone,
      { decide: [aMessage({ messageId: 'a' })] },
    ],
    [
      'decides on mail that can be read now',
      present('a'),
      failed,
      { decide: [aMessage({ messageId: 'a' })] },
    ],
    [
      'sees mail that was moved here',
      present('a'),
      elsewhere,
      { moved: [{ messageId: 'a', emailId: 'email-1' }] },
    ],
    [
      'asks for unknown mail of which it names the id alone',
      change('sparse', 'a'),
      undefined,
      { fetch: ['a'] },
    ],
    [
      'asks for mail that is back and of which it names the id alone',
      change('sparse', 'a'),
      gone,
      { fetch: ['a'] },
    ],
    ['needs nothing for a read flip of known mail', change('sparse', 'a'), entry(), {}],
    ['needs nothing for a read flip of a draft', change('sparse', 'a'), draft, {}],
    ['suspects that known mail has left', change('removed', 'a'), entry(), { suspects: ['a'] }],
    ['suspects that a draft has left', change('removed', 'a'), draft, { suspects: ['a'] }],
    [
      'ignores the removal of mail that is elsewhere already',
      change('removed', 'a'),
      elsewhere,
      {},
    ],
    ['ignores the removal of mail that is gone already', change('removed', 'a'), gone, {}],
    ['ignores the removal of mail nobody knew', change('removed', 'a'), undefined, {}],
    [
      'accounts for mail that cannot be read',
      change('unreadable', 'a'),
      undefined,
      { unreadable: ['a'] },
    ],
    [
      'keeps what it has of known mail that cannot be read now',
      change('unreadable', 'a'),
      entry(),
      {},
    ],
    ['drops a record that names nobody', change('unreadable', ''), undefined, {}],
  ])('%s', (_what, given, known, expected) => {
    expect(plan([given], known)).toEqual({ ...nothing, ...expected })
  })

  it('asks for mail of which it names the id alone when the ledger has it in another folder', () => {
    expect(plan([change('sparse', 'a')], elsewhere)).toEqual({ ...nothing, fetch: ['a'] })
  })

  it('lets the sighting follow mail that was gone and is back in another folder', () => {
    const back = { ...gone, folderId: 'archive' }
    expect(plan([present('a')], back)).toEqual({
      ...nothing,
      decide: [aMessage({ messageId: 'a' })],
      moved: [{ messageId: 'a', emailId: 'email-1' }],
    })
  })

  it('takes the last word on a message', () => {
    expect(plan([present('a', 'first'), present('a', 'last')]).decide).toEqual([
      aMessage({ messageId: 'a', subject: 'last' }),
    ])
    expect(plan([present('a'), change('removed', 'a')])).toEqual(nothing)
    expect(plan([change('removed', 'a'), present('a')], entry())).toEqual(nothing)
  })

  it('is nothing to do when it is empty', () => {
    expect(plan([])).toEqual(nothing)
  })

  it('names no message twice for the same work, whatever it holds', () => {
    const ids = fc.constantFrom('a', 'b', 'c')
    const anyChange = fc.oneof(
      ids.map((id) => present(id)),
      fc
        .tuple(fc.constantFrom('sparse', 'removed', 'unreadable'), ids)
        .map(([kind, id]) => change(kind, id)),
    )
    const known = fc.dictionary(ids, fc.constantFrom(entry(), gone, draft, failed, elsewhere))
    fc.assert(
      fc.property(fc.array(anyChange), known, (changes, entries) => {
        const made = planPage(changes, new Map(Object.entries(entries)), 'inbox')
        const work = [
          made.decide.map(({ messageId }) => messageId),
          made.moved.map(({ messageId }) => messageId),
          made.fetch,
          made.suspects,
          made.unreadable,
        ]
        for (const named of work) expect(new Set(named).size).toBe(named.length)
        const asked = [...made.fetch, ...made.suspects, ...made.unreadable]
        expect(new Set(asked).size).toBe(asked.length)
      }),
    )
  })
})
