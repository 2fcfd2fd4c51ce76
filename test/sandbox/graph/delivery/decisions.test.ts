import { describe, expect, it } from '@jest/globals'
import type { Message } from '@microsoft/microsoft-graph-types'
import { nextRetryMs } from '../../../../sandbox/graph/delivery/decide/backoff.ts'
import { challengeInMs } from '../../../../sandbox/graph/delivery/decide/challenge-cadence.ts'
import { filteredType, notifiedAs } from '../../../../sandbox/graph/delivery/decide/matching.ts'
import { matchesFilter } from '../../../../sandbox/graph/delivery/decide/message-filter.ts'
import type { MailChange } from '../../../../sandbox/graph/store/change.ts'

describe('what a filtered subscription is told (graph-contract 1.3)', () => {
  it.each([
    ['created', false, true, 'created'],
    ['created', false, false, undefined],
    ['updated', false, true, 'created'],
    ['updated', true, true, 'updated'],
    ['updated', true, false, 'deleted'],
    ['updated', false, false, undefined],
    ['deleted', true, false, 'deleted'],
    ['deleted', false, false, undefined],
  ] as const)('%s, in the set before: %s, after: %s → %s', (type, was, is, told) => {
    expect(filteredType(type, { was, is })).toBe(told)
  })
})

describe('which changes concern a subscription', () => {
  const change: MailChange = {
    userId: 'alice',
    changeType: 'created',
    folderId: 'in',
    immutableId: 'i',
    defaultId: 'd',
    etag: 'e',
  }
  const all = ['created', 'updated', 'deleted'] as const
  it.each([
    ['its whole mailbox', { mailbox: 'alice' }, all, 'created'],
    ['its folder', { mailbox: 'alice', folderId: 'in' }, all, 'created'],
    ['another folder', { mailbox: 'alice', folderId: 'IN' }, all, undefined],
    ['another mailbox', { mailbox: 'bob' }, all, undefined],
    ['a type it did not ask for', { mailbox: 'alice' }, ['updated'] as const, undefined],
  ])('%s', (_what, target, changeTypes, told) => {
    expect(notifiedAs(change, { target, changeTypes }, () => true)).toBe(told)
  })
})

describe('a filter on a message', () => {
  const message: Message = {
    subject: 'Offer 12',
    isRead: false,
    receivedDateTime: '2026-11-20T09:00:00Z',
    from: { emailAddress: { name: 'Carol', address: 'carol@customer.example' } },
    categories: ['Blue', 'Red'],
    singleValueExtendedProperties: [{ id: 'String {1} Name A', value: 'x' }],
  }
  it.each([
    ['isRead eq false', true],
    ['isRead ne false', false],
    ["subject eq 'offer 12'", true],
    ["contains(subject,'FER') and not startswith(subject,'x')", true],
    ["endswith(subject,'13') or isDraft eq true", false],
    ["from/emailAddress/address eq 'CAROL@customer.example'", true],
    ['receivedDateTime ge 2026-11-20T10:00:00+01:00', true],
    ['receivedDateTime gt 2026-11-20T09:00:00Z', false],
    ['receivedDateTime lt 2026-11-20T09:00:01Z', true],
    ['receivedDateTime le 2026-11-20T08:59:59Z', false],
    ["categories/any(c: c eq 'red')", true],
    ["categories/any(c: c eq 'green')", false],
    [
      "singleValueExtendedProperties/any(ep: ep/id eq 'String {1} Name A' and ep/value eq 'x')",
      true,
    ],
    [
      "singleValueExtendedProperties/any(ep: ep/id eq 'String {1} Name A' and ep/value eq 'y')",
      false,
    ],
  ])('%s: %s', (filter, holds) => {
    expect(matchesFilter(message, filter)).toBe(holds)
  })
})

describe('the wait before another attempt (graph-contract 2.2)', () => {
  const rules = { retryBaseMs: 10_000, retryForMs: 4 * 3_600_000 }
  it.each([
    [1, 0, 10_000],
    [2, 10_000, 20_000],
    [5, 150_000, 160_000],
    [11, 10_230_000, 4_170_000],
    [12, 14_400_000, null],
    [3, 99_999_999, null],
  ])('after attempt %i, %i ms after the first: %s', (attempt, sinceFirstMs, wait) => {
    expect(nextRetryMs({ attempt, sinceFirstMs }, rules)).toBe(wait)
  })

  it('adds up to four hours, no more', () => {
    let sinceFirstMs = 0
    for (let attempt = 1, wait: number | null = 0; wait !== null; attempt++) {
      sinceFirstMs += wait
      wait = nextRetryMs({ attempt, sinceFirstMs }, rules)
    }
    expect(sinceFirstMs).toBe(rules.retryForMs)
  })
})

describe('when the next challenge comes (graph-contract 2.3)', () => {
  const minutes = (count: number) => count * 60_000
  it.each([
    [10_080, 9_900],
    [181, 1],
    [180, 90],
    [90, 45],
    [60, 15],
    [3, 15],
    [-30, 15],
  ])('with %i minutes left: in %i', (left, wait) => {
    expect(challengeInMs(minutes(left))).toBe(minutes(wait))
  })
})
