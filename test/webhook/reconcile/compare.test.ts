import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { atLeast, takeCensus } from '../../../webhook/reconcile/census.ts'
import { differenceWithin, type Sides } from '../../../webhook/reconcile/compare.ts'
import type { LedgerRow } from '../../../webhook/store/ledger-store.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'

const PAGE = 7

function* pagesOf<T>(rows: T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += PAGE) yield rows.slice(at, at + PAGE)
}

const aRow = (over: Partial<LedgerRow>): LedgerRow => ({
  messageId: 'm',
  state: 'stored',
  reason: 'new',
  emailId: 'e',
  retryAt: null,
  ...over,
})

/** A mailbox that holds these ids, a ledger with these rows, and these e-mails. */
function sides(ids: string[], rows: LedgerRow[], emails = rows.map(({ emailId }) => emailId)) {
  let reads = 0
  const parts: Sides = {
    provider: {
      async *messageIds() {
        yield* pagesOf(ids)
      },
    },
    ledger: {
      async *rowsIn() {
        yield* pagesOf(rows)
      },
    },
    folder: { _id: 'folder-inbox', providerFolderId: 'inbox-id' },
    stillHere: async () => void reads++,
  }
  const seen = rows.filter(({ emailId }) => emailId !== null && emails.includes(emailId))
  const seenIn = async () =>
    new Map(seen.map(({ messageId }) => [`sync:mailbox-alice:${messageId}`, seenWhere(messageId)]))
  return { ...parts, emails: { seenIn }, mailbox: { _id: 'mailbox-alice' }, reads: () => reads }
}

const seenWhere = (messageId: string) =>
  messageId.startsWith('astray') ? 'folder-archive' : 'folder-inbox'

const rowsOf = (ids: string[]) => ids.map((messageId) => aRow({ messageId, emailId: messageId }))

const twoSets = fc
  .uniqueArray(fc.tuple(fc.nat(100_000), fc.constantFrom('both', 'mailbox', 'ledger')), {
    selector: ([n]) => n,
    maxLength: 200,
  })
  .map((some) => {
    const on = (side: string) =>
      some.filter(([, where]) => where === side).map(([n]) => `AAMkAGI2${n}=`)
    return { both: on('both'), mailbox: on('mailbox'), ledger: on('ledger') }
  })

describe('two sets of ids', () => {
  it('are compared without a word about the ids that both have', async () => {
    await fc.assert(
      fc.asyncProperty(twoSets, async ({ both, mailbox, ledger }) => {
        const compared = sides([...both, ...mailbox], rowsOf([...ledger, ...both]))
        const census = await takeCensus(compared, untilTheEnd)
        const within = new Set(census.differing)
        const { missing, surplus } = await differenceWithin(compared, within, untilTheEnd)
        expect(missing.toSorted()).toEqual(mailbox.toSorted())
        expect(surplus.toSorted()).toEqual(ledger.toSorted())
        const counted = atLeast(census)
        expect(counted.missing).toBeLessThanOrEqual(missing.length)
        expect(counted.surplus).toBeLessThanOrEqual(surplus.length)
        expect(counted.missing + counted.surplus === 0).toBe(missing.length + surplus.length === 0)
      }),
    )
  })

  it('are equal when the mailbox shows an id twice, as a page that shifts can', async () => {
    const compared = sides(['a', 'b', 'b'], rowsOf(['a', 'b']))
    const { differing } = await takeCensus(compared, untilTheEnd)
    expect(differing).toHaveLength(1) // the quick look is wary
    expect(await differenceWithin(compared, new Set(differing), untilTheEnd)).toEqual({
      missing: [],
      surplus: [],
    })
  })

  it('are read with a word to the queue after each page', async () => {
    const compared = sides(['a'], rowsOf(Array.from({ length: 3 * PAGE }, (_, n) => `m${n}`)))
    await takeCensus(compared, untilTheEnd)
    expect(compared.reads()).toBe(1 + 3)
  })
})

describe('a look at the ledger', () => {
  it('finds the e-mails that are stored as far as it knows, and are not there', async () => {
    const rows = [
      aRow({ messageId: 'there', emailId: 'e1' }),
      aRow({ messageId: 'lost', emailId: 'e2' }),
      aRow({ messageId: 'nameless', emailId: null }),
      aRow({ messageId: 'draft', state: 'excluded', reason: 'draft', emailId: null }),
    ]
    const ids = rows.map(({ messageId }) => messageId)
    const census = await takeCensus(sides(ids, rows, ['e1']), untilTheEnd)
    expect(census).toMatchObject({ lost: ['lost', 'nameless'], lostCount: 2, differing: [] })
  })

  it('finds the e-mails that say their message lies in another folder', async () => {
    const ids = ['there', 'astray']
    const census = await takeCensus(sides(ids, rowsOf(ids)), untilTheEnd)
    expect(census).toMatchObject({ astray: ['astray'], lost: [], differing: [] })
  })

  it('finds what failed and may do better now, and leaves what cannot', async () => {
    const failed = (reason: string) => aRow({ messageId: reason, state: 'failed', reason })
    const rows = ['poison', 'fetch-error', 'malformed', 'too-large', 'of-tomorrow'].map(failed)
    const census = await takeCensus(sides([], rows), untilTheEnd)
    expect(census.failed).toEqual(['poison', 'fetch-error', 'malformed'])
  })

  it('counts every lost e-mail, and lists no more than are mended at once', async () => {
    const rows = rowsOf(Array.from({ length: 1_200 }, (_, n) => `m${n}`))
    const census = await takeCensus(sides([], rows, []), untilTheEnd)
    expect(census.lostCount).toBe(1_200)
    expect(census.lost).toHaveLength(1_000)
  })
})
