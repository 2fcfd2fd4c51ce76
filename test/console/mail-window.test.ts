import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  extendWindow,
  mergeStored,
  openWindow,
  PAGE_ROWS,
  withReadState,
} from '../../console/emails/mail-window.ts'
import type { Email } from '../../models/wire/email.ts'
import { anEmail, manyEmails } from './support/fixtures.ts'

const at = (id: string, minute: number, sightings = 1): Email =>
  anEmail({
    id,
    receivedAt: new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString(),
    sightings: Array.from({ length: sightings }, () => anEmail().sightings[0]!),
  })
const ids = ({ emails }: { emails: readonly Email[] }) => emails.map(({ id }) => id).join(' ')
/** b (minute 20) and a (minute 10) are loaded; older mail is below when there is a cursor. */
const opened = (nextCursor: string | null = null) =>
  openWindow({ emails: [at('b', 20), at('a', 10)], nextCursor, total: nextCursor ? 9 : 2 })

describe('an e-mail that was just stored', () => {
  it.each<[string, Email[], string, number]>([
    ['is on top when it is the newest', [at('c', 30)], 'c b a', 3],
    ['stands where its time puts it', [at('c', 15)], 'b c a', 3],
    ['is at the end when nothing older exists', [at('c', 5)], 'b a c', 3],
    ['has one row when its event is repeated', [at('c', 30), at('c', 30)], 'c b a', 3],
    ['has one row when it was already listed', [at('b', 20)], 'b a', 2],
    ['is in order when events come out of order', [at('d', 40), at('c', 30)], 'd c b a', 4],
    ['keeps its place among equals', [at('c', 20)], 'c b a', 3],
  ])('%s', (_what, stored, order, total) => {
    const merged = mergeStored(opened(), stored)
    expect([ids(merged), merged.total, merged.stale]).toEqual([order, total, false])
  })

  it('shows the new sighting of an e-mail that is listed', () => {
    const merged = mergeStored(opened(), [at('b', 20, 2)])
    expect(merged.emails[0]?.sightings).toHaveLength(2)
  })

  it('does not forget a sighting when an older version comes late', () => {
    const merged = mergeStored(opened(), [at('b', 20, 3), at('b', 20, 2)])
    expect(merged.emails[0]?.sightings).toHaveLength(3)
  })

  it('is not listed but asked about when it belongs below what is loaded', () => {
    const merged = mergeStored(opened('2'), [at('z', 1)])
    expect([ids(merged), merged.total, merged.stale]).toEqual(['b a', 9, true])
  })

  it('pushes the oldest out of a full window, which is then loaded again', () => {
    const burst = manyEmails(2 * PAGE_ROWS + 5, '2026-11-21T00:00:00Z')
    const merged = mergeStored(openWindow({ emails: [], nextCursor: null, total: 0 }), burst)
    expect(merged.emails).toHaveLength(2 * PAGE_ROWS)
    expect(merged.emails[0]?.id).toBe(burst[0]?.id)
    expect(merged.stale).toBe(true)
  })

  it('ends in the same list whatever the order and however often the events come', () => {
    const stored = [at('c', 30), at('d', 15), at('b', 20, 2), at('e', 2), at('f', 30)]
    const expected = mergeStored(opened(), stored)
    const repeated = fc.array(fc.constantFrom(...stored), { maxLength: 12 })
    fc.assert(
      fc.property(repeated, fc.shuffledSubarray(stored, { minLength: 5 }), (some, all) => {
        const merged = [...some, ...all].reduce((list, one) => mergeStored(list, [one]), opened())
        expect(merged).toEqual(expected)
      }),
    )
  })
})

describe('an e-mail that was read here', () => {
  const [place] = anEmail().sightings
  const goneAt = '2026-11-20T11:00:00Z'
  const asked = (isRead: boolean) => [
    { ...place!, isRead },
    { ...place!, isRead: false, goneAt },
    { ...place!, via: 'add-in' as const },
  ]
  const window = openWindow({
    emails: [anEmail({ id: 'a', sightings: asked(false) }), at('b', 20)],
    ...{ nextCursor: null, total: 2 },
  })
  const listed = (id: string, from = window) => from.emails.find((email) => email.id === id)

  it('is read where it still is and that is known, and no other is', () => {
    const marked = withReadState(window, 'a', true)
    expect(listed('a', marked)?.sightings).toEqual(asked(true))
    expect(listed('b', marked)).toBe(listed('b'))
    expect(withReadState(marked, 'a', false)).toEqual(window)
  })

  it('changes nothing where it is not listed', () => {
    expect(withReadState(window, 'z', true)).toEqual(window)
  })
})

describe('loading older mail', () => {
  it('goes on below, without repeating what moved down meanwhile', () => {
    const page = { emails: [at('a', 10), at('z', 1)], nextCursor: null, total: 3 }
    const extended = extendWindow(opened('2'), page)
    expect([ids(extended), extended.nextCursor, extended.total]).toEqual(['b a z', null, 3])
  })
})
