import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { joined, opened, withArrivals, type Chunk, type Shown } from '../../console/paging/shown.ts'

const PAGE = 3
/** What the service has, the newest first; a row is its own key and its place. */
type Rows = readonly number[]

/** As the service pages: by the place of the last row, so that a cursor stays good whatever comes or goes. */
function pageOf(rows: Rows, cursor: string | null, hasTotal: boolean): Chunk<number> {
  const rest = cursor === null ? rows : rows.filter((row) => row < Number(cursor))
  const items = rest.slice(0, PAGE)
  const nextCursor = rest.length > PAGE ? String(items.at(-1)) : null
  return { items, nextCursor, ...(hasTotal && { total: rows.length }) }
}

function show(rows: Rows, pages: number, hasTotal = true): Shown<number> {
  let list = opened(pageOf(rows, null, hasTotal))
  while (list.pages < pages && list.nextCursor !== null)
    list = joined(list, pageOf(rows, list.nextCursor, hasTotal))
  return list
}

/** All that is on show, and then page by page all that is below. */
function toTheEnd(list: Shown<number>, rows: Rows): Rows {
  let all = list
  while (all.nextCursor !== null) all = joined(all, pageOf(rows, all.nextCursor, true))
  return all.items
}

const newestFirst = (rows: Iterable<number>): Rows => [...new Set(rows)].sort((a, b) => b - a)
const refreshed = (list: Shown<number>, rows: Rows, hasTotal = true) =>
  withArrivals(list, pageOf(rows, null, hasTotal), String)

/** Even rows are there, odd ones can come between them, and those above all others on top. */
const TOP = 1_000
const aList = fc.record({
  rows: fc.uniqueArray(
    fc.nat({ max: 40 }).map((n) => n * 2),
    { minLength: 1, maxLength: 25 },
  ),
  pages: fc.integer({ min: 1, max: 9 }),
  hasTotal: fc.boolean(),
})
const arrivals = (most: number) =>
  fc.uniqueArray(
    fc.nat({ max: 99 }).map((n) => TOP + n),
    { maxLength: most },
  )

describe('the first page, put into what is on show', () => {
  it('is what a whole reload would bring, when nothing but arrivals has happened', () => {
    fc.assert(
      fc.property(aList, arrivals(PAGE - 1), ({ rows, pages, hasTotal }, came) => {
        const was = show(newestFirst(rows), pages, hasTotal)
        const rowsNow = newestFirst([...came, ...rows])
        const is = refreshed(was, rowsNow, hasTotal)
        expect(is.isStale).toBe(false)
        const whole = show(rowsNow, is.pages, hasTotal)
        expect(is.items).toEqual(whole.items.slice(0, is.items.length))
        if (was.pages > 1) expect(is.items).toHaveLength(was.items.length + came.length) // all stay
        expect(toTheEnd(is, rowsNow)).toEqual(rowsNow) // no gap, no double, the cursor is good
        expect(whole.items.length).toBeGreaterThanOrEqual(is.items.length)
      }),
    )
  })

  it('asks for a whole reload, or is as good, when anything else has happened besides', () => {
    const change = fc.oneof(
      fc.record({ gone: fc.array(fc.nat({ max: 24 }), { maxLength: 4 }) }),
      fc.record({ between: fc.array(fc.nat({ max: 41 }), { maxLength: 4 }) }),
    )
    fc.assert(
      fc.property(aList, arrivals(2 * PAGE), change, ({ rows, pages }, came, other) => {
        const before = newestFirst(rows)
        const kept =
          'gone' in other ? before.filter((_row, at) => !other.gone.includes(at)) : before
        const between = 'between' in other ? other.between.map((n) => n * 2 - 1) : []
        const rowsNow = newestFirst([...came, ...kept, ...between])
        const is = refreshed(show(before, pages), rowsNow)
        if (is.isStale) return
        expect(is.items).toEqual(rowsNow.slice(0, is.items.length))
        expect(toTheEnd(is, rowsNow)).toEqual(rowsNow)
      }),
    )
  })

  it('goes on right after arrivals that came one burst after the other', () => {
    fc.assert(
      fc.property(
        aList,
        fc.array(fc.integer({ min: 1, max: PAGE - 1 })),
        ({ rows, pages }, bursts) => {
          let rowsNow = newestFirst(rows)
          let list = show(rowsNow, pages)
          for (const burst of bursts) {
            const top = rowsNow[0]!
            rowsNow = newestFirst([
              ...rowsNow,
              ...Array.from({ length: burst }, (_, n) => top + n + 1),
            ])
            list = refreshed(list, rowsNow)
          }
          expect(list.isStale).toBe(false)
          expect(toTheEnd(list, rowsNow)).toEqual(rowsNow)
        },
      ),
    )
  })

  const ten = newestFirst([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  it.each<[string, Rows, boolean]>([
    ['nothing', ten, false],
    ['one more', [11, ...ten], false],
    ['as many more as make a page', [13, 12, 11, ...ten], true],
    ['the newest gone', ten.slice(1), true],
    ['one gone on the first page', ten.filter((row) => row !== 9), true],
    ['one gone far below', ten.filter((row) => row !== 5), true],
    ['one that came where nobody has loaded', [...ten, 0], true],
    ['one more, and one gone below', [11, ...ten.filter((row) => row !== 5)], true],
    ['fewer than a page', [10, 9], false],
  ])('of a list with %s tells %j', (_what, rowsNow, isStale) => {
    const is = refreshed(show(ten, 2), rowsNow)
    expect(is.isStale).toBe(isStale)
    if (!isStale) expect(toTheEnd(is, rowsNow)).toEqual(rowsNow)
  })

  it('has the newer version of the rows that it shows', () => {
    const rows = ['d', 'c', 'b', 'a'].map((id) => ({ id, text: 'old' }))
    const list = joined(opened({ items: rows.slice(0, 2), nextCursor: 'c' }), {
      ...{ items: rows.slice(2), nextCursor: null },
    })
    const items = [
      { id: 'e', text: 'new' },
      { id: 'd', text: 'new' },
    ]
    const is = withArrivals(list, { items, nextCursor: 'd' }, ({ id }) => id)
    expect(is.items.map(({ id, text }) => `${id} ${text}`)).toEqual([
      ...['e new', 'd new', 'c old', 'b old', 'a old'],
    ])
  })

  it('with a row of deep below on top, is not taken for an arrival', () => {
    const moved = [3, ...ten.filter((row) => row !== 3)]
    const first = { items: moved.slice(0, PAGE), nextCursor: 'x', total: ten.length }
    expect(withArrivals(show(ten, 3), first, String).isStale).toBe(true)
  })
})
