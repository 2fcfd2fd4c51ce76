import { describe, expect, it } from '@jest/globals'
import type { LedgerRoute } from '../../../../models/ledger-entry.ts'
import { HOUR, MINUTE, SECOND } from '../../../../webhook/duration.ts'
import {
  notAnnouncedIn,
  type AnnouncingFacts,
} from '../../../../webhook/support/findings/decide/not-announced.ts'
import type { RecentAccount } from '../../../../webhook/support/recent-accounts.ts'
import { aFolder, aSubscription, NOW } from '../../../support/builders.ts'

const ago = (ms: number) => new Date(NOW.getTime() - ms)

/** A mail received so many minutes ago, and how it came to our notice how much later. */
const mail = (
  minutes: number,
  via: LedgerRoute,
  over: { lateMs?: number | null; folderId?: string } = {},
): RecentAccount => {
  const { lateMs = via === 'notification' ? SECOND : HOUR, folderId = 'folder-inbox' } = over
  const receivedAt = ago(minutes * MINUTE)
  const seen = { at: receivedAt, kind: 'seen' as const, via, reason: null, ruleVersion: null }
  const delay = lateMs === null ? null : { providerMs: lateMs, oursMs: SECOND }
  return { folderId, receivedAt, delay, history: [{ ...seen, folderId }] }
}

const facts = (...accounts: RecentAccount[]): AnnouncingFacts => ({
  ...{ folder: aFolder(), accounts, now: NOW },
  subscription: aSubscription({ renewedAt: ago(24 * HOUR) }),
})
const since = (given: AnnouncingFacts) => notAnnouncedIn(given)?.since ?? null

describe('the latest new mail of a folder that Microsoft 365 rings for', () => {
  it.each<[string, AnnouncingFacts, number | null]>([
    ['was announced: nothing to tell', facts(mail(5, 'notification')), null],
    ['was found by asking', facts(mail(90, 'delta')), 90],
    [
      'was found by asking like the one before it, since an earlier one was announced',
      facts(mail(90, 'delta'), mail(120, 'delta'), mail(180, 'notification'), mail(200, 'delta')),
      120,
    ],
    [
      'was announced again: what was missed before is over',
      facts(mail(5, 'notification'), mail(90, 'delta')),
      null,
    ],
    [
      'was found so soon that its announcement may only have been slower',
      facts(mail(20, 'delta', { lateMs: 15 * MINUTE })),
      null,
    ],
    ['was found when its folder was first read', facts(mail(90, 'delta', { lateMs: null })), null],
    ['was pointed out by a person', facts(mail(90, 'hand')), null],
    ['lies in another folder', facts(mail(90, 'delta', { folderId: 'folder-sent' })), null],
    ['came before Microsoft 365 agreed to ring', facts(mail(25 * 60, 'delta')), null],
    [
      'came while the sign-in had ended, before the subscription was renewed',
      { ...facts(mail(90, 'delta')), subscription: aSubscription({ renewedAt: ago(80 * MINUTE) }) },
      null,
    ],
    [
      'came before and after a new authorization was asked for: only the first was to be announced',
      {
        ...facts(mail(90, 'delta'), mail(120, 'delta')),
        subscription: aSubscription({
          renewedAt: ago(24 * HOUR),
          challengedAt: ago(100 * MINUTE),
        }),
      },
      120,
    ],
    ['does not exist', facts(), null],
    ['is asked for by choice', { ...facts(mail(90, 'delta')), subscription: null }, null],
    [
      'came while it rang, which it no longer does: the light says that',
      { ...facts(mail(90, 'delta')), subscription: aSubscription({ expiresAt: NOW }) },
      null,
    ],
  ])('%s', (_what, given, minutes) => {
    expect(since(given)).toEqual(minutes === null ? null : ago(minutes * MINUTE))
  })

  it('is told without blame, with what to try', () => {
    expect(notAnnouncedIn(facts(mail(90, 'delta'), mail(95, 'reconcile')))).toMatchObject({
      ...{ code: 'not-announced', severity: 'warning', folderId: 'folder-inbox', askedAt: null },
      sentence: expect.stringMatching(
        /^The latest 2 new mails were found by asking.*Nothing is missing/,
      ),
      todo: expect.stringContaining('Test Sync'),
    })
    expect(notAnnouncedIn(facts(mail(90, 'delta')))?.sentence).toMatch(/^The latest new mail was/)
  })
})
