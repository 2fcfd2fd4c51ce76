import { describe, expect, it } from '@jest/globals'
import type { Folder } from '../../../../models/folder.ts'
import { DAY, HOUR, MINUTE } from '../../../../webhook/duration.ts'
import { silenceIn } from '../../../../webhook/support/findings/decide/silence.ts'
import { aFolder, NOW } from '../../../support/builders.ts'

const ago = (ms: number) => new Date(NOW.getTime() - ms)
const rhythm = (quietMs: number, meanGapMs: number | null = HOUR): Folder['rhythm'] => ({
  ...{ lastChangeAt: ago(quietMs), meanGapMs, emptyProbes: 1 },
})
/** Mail comes every hour, the last came seven hours ago, and it was asked ten minutes ago. */
const quiet = (over: Partial<Folder> = {}) =>
  aFolder({ rhythm: rhythm(7 * HOUR), ...asked, ...over })
const asked = { lastSyncAt: ago(10 * MINUTE), dueAt: new Date(NOW.getTime() + HOUR) }
const unasked = { lastSyncAt: ago(7 * HOUR), dueAt: ago(40 * MINUTE) }
const busy = { owner: 'another', token: 2, until: new Date(NOW.getTime() + MINUTE) }
const unread = { done: 1, total: 3, startedAt: NOW, finishedAt: null }

describe('the silence of a folder', () => {
  it.each<[string, Folder, string | null]>([
    ['longer than its habit, asked since, is known to be peace', quiet(), 'silence-asked'],
    [
      'longer than its habit, with a look that is late, is not',
      quiet(unasked),
      'silence-not-asked',
    ],
    [
      'that was asked about once is not peace for ever: a later look is overdue',
      quiet({ dueAt: ago(16 * MINUTE) }),
      'silence-not-asked',
    ],
    [
      'where each try fails is not known to be peace',
      quiet({ attempts: 3, lastErrorCode: 'throttled' }),
      'silence-not-asked',
    ],
    ['where one try failed is weather', quiet({ attempts: 1 }), 'silence-asked'],
    [
      'that was asked about within its habit alone waits for the look that is planned',
      quiet({ lastSyncAt: ago(6 * HOUR) }),
      null,
    ],
    ['not longer than its habit is none', quiet({ rhythm: rhythm(2 * HOUR) }), null],
    [
      'of a lively folder is one after a quarter of an hour, not before',
      quiet({ rhythm: rhythm(15 * MINUTE, MINUTE) }),
      null,
    ],
    ['is none where no habit is known', quiet({ rhythm: rhythm(9 * DAY, null) }), null],
    [
      'is none where nothing ever came',
      quiet({ rhythm: { lastChangeAt: null, meanGapMs: null, emptyProbes: 9 } }),
      null,
    ],
    [
      'not longer than its habit, with a look that is late, is no reason to be sure',
      quiet({ ...unasked, rhythm: rhythm(HOUR) }),
      'look-overdue',
    ],
    [
      'without a habit, with a look that is late, neither',
      quiet({ ...unasked, rhythm: rhythm(9 * DAY, null) }),
      'look-overdue',
    ],
    [
      'is being asked about when somebody is at work there',
      quiet({ ...unasked, lease: busy }),
      null,
    ],
    [
      'with a look that waits for its turn is none',
      quiet({ ...unasked, dueAt: ago(15 * MINUTE) }),
      null,
    ],
    ['is no matter in a folder that was deleted', quiet({ ...unasked, deletedAt: NOW }), null],
    [
      'is no matter before its earlier mail was read',
      quiet({ ...unasked, backfill: unread }),
      null,
    ],
  ])('%s', (_what, folder, code) => {
    expect(silenceIn(folder, NOW)?.code ?? null).toBe(code)
  })

  it('is told with its length, the habit, and when the mailbox was asked', () => {
    expect(silenceIn(quiet(), NOW)).toEqual({
      ...{ code: 'silence-asked', severity: 'info', todo: null },
      ...{ mailboxId: 'mailbox-alice', folderId: 'folder-inbox' },
      ...{ since: ago(7 * HOUR), askedAt: ago(10 * MINUTE) },
      sentence:
        'Nothing has come or changed here for 7 hours, which is longer than usual: up to 2 hours. Microsoft 365 was asked and has nothing new, so nothing is missing.',
    })
  })

  it.each([
    [quiet(unasked), /has not been asked: that is 40 minutes late.*is not in the CRM yet/],
    [
      quiet({ ...unasked, attempts: 4, lastErrorCode: 'throttled' }),
      /could not be asked: the last 4 tries failed \(throttled\)/,
    ],
    [quiet({ attempts: 3 }), /tries failed \(internal\)/],
    [
      quiet({ ...unasked, rhythm: rhythm(MINUTE) }),
      /was to be asked for new mail 40 minutes ago, and that has not been done/,
    ],
  ])('that may hide mail says why, and what to do (%#)', (folder, sentence) => {
    const found = silenceIn(folder, NOW)
    expect(found).toMatchObject({ severity: 'warning', todo: expect.stringContaining('by itself') })
    expect(found?.sentence).toMatch(sentence)
  })

  it('is not compared with a habit that sounds the same', () => {
    const found = silenceIn(quiet({ rhythm: rhythm(2 * HOUR + MINUTE), lastSyncAt: NOW }), NOW)
    expect(found?.sentence).toContain('for 2 hours, which is longer than usual. Microsoft')
  })
})
