import { describe, expect, it } from '@jest/globals'
import {
  sharingLevels,
  visibilityOf,
  type SharingLevel,
  type Visibility,
  type VisibilityFacts,
} from '../../../../webhook/crm/decide/visibility.ts'

const ME = 'me'
const owners = [ME, 'colleague', 'other-colleague'] as const
const roleSets = [
  [],
  ['member'],
  ['auditor'],
  ['member', 'auditor'],
  ['member', 'admin'],
  ['member', 'admin', 'auditor'],
] as const

/** Every mailbox an e-mail can lie in: whose it is, and what it shares. */
const places = owners.flatMap((ownerUserId) =>
  sharingLevels.map((sharing) => ({ ownerUserId, sharing })),
)

/** Nowhere, in each one place, and in each two. */
const placings = [
  [],
  ...places.map((place) => [place]),
  ...places.flatMap((one) => places.map((other) => [one, other])),
]

const combinations: VisibilityFacts[] = placings.flatMap((sightings) =>
  roleSets.flatMap((roles) =>
    [true, false].map((isMatched) => ({
      ...{ viewer: { userId: ME, roles }, sightings, isMatched },
    })),
  ),
)

/**
 * The table of product 4.6, row by row and without looking at the code: the first row that fits says what is seen.
 * `shares` is what colleagues' mailboxes share, the most open one.
 */
type Row = {
  when: string
  fits: (e: {
    mine: boolean
    member: boolean
    facts: VisibilityFacts
    shares: SharingLevel
  }) => boolean
  seen: Visibility
}
const table: Row[] = [
  { when: 'it is in my mailbox', fits: ({ mine }) => mine, seen: 'full' },
  { when: 'it is unmatched', fits: ({ facts }) => !facts.isMatched, seen: 'none' },
  { when: 'I am no member', fits: ({ member }) => !member, seen: 'none' },
  { when: 'nobody shares', fits: ({ shares }) => shares === 'private', seen: 'none' },
  { when: 'metadata is shared', fits: ({ shares }) => shares === 'metadata', seen: 'metadata' },
  { when: 'subjects are shared', fits: ({ shares }) => shares === 'subject', seen: 'subject' },
  { when: 'all is shared', fits: ({ shares }) => shares === 'full', seen: 'full' },
]

function rowOf(facts: VisibilityFacts): Row {
  const order: SharingLevel[] = ['full', 'subject', 'metadata', 'private']
  const theirs = facts.sightings.filter(({ ownerUserId }) => ownerUserId !== ME)
  const shares = order.find((level) => theirs.some(({ sharing }) => sharing === level)) ?? 'private'
  const mine = facts.sightings.length > theirs.length
  const member = facts.viewer.roles.indexOf('member') >= 0
  return table.find(({ fits }) => fits({ mine, member, facts, shares }))!
}

describe('what somebody sees of an e-mail', () => {
  it.each(table.map((row) => [row.when, row] as const))('is right when %s', (_when, row) => {
    const cases = combinations.filter((facts) => rowOf(facts) === row)
    expect(cases.length).toBeGreaterThan(0)
    const wrong = cases.filter((facts) => visibilityOf(facts) !== row.seen)
    expect(wrong).toEqual([])
  })

  it('is in the table for each of the combinations there are', () => {
    expect(combinations).toHaveLength((1 + 12 + 144) * 6 * 2)
    expect(combinations.every((facts) => rowOf(facts) !== undefined)).toBe(true)
  })

  it('is never more for an administrator or an auditor than for a member', () => {
    for (const facts of combinations) {
      const asMember = { ...facts, viewer: { userId: ME, roles: ['member'] } }
      expect(rank(visibilityOf(facts))).toBeLessThanOrEqual(rank(visibilityOf(asMember)))
    }
  })

  it('does not grow when a mailbox begins to share less', () => {
    const order: SharingLevel[] = ['private', 'metadata', 'subject', 'full']
    for (const facts of combinations)
      for (const [at, place] of facts.sightings.entries())
        for (const sharing of order.slice(0, order.indexOf(place.sharing))) {
          const sightings = facts.sightings.with(at, { ...place, sharing })
          expect(rank(visibilityOf({ ...facts, sightings }))).toBeLessThanOrEqual(
            rank(visibilityOf(facts)),
          )
        }
  })
})

const rank = (seen: Visibility) => ['none', 'metadata', 'subject', 'full'].indexOf(seen)
