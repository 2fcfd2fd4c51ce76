import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { MessageChange } from '../../../../webhook/provider/provider.ts'
import {
  looksOn,
  planPage,
  settleAnswer,
  type Answer,
  type Here,
  type KnownEntry,
  type Step,
} from '../../../../webhook/sync/decide/plan-page.ts'
import { aMessage } from '../../../support/builders.ts'

const present = (messageId: string, subject = 'Offer', providerFolderId = 'P-inbox') => ({
  kind: 'present' as const,
  messageId,
  message: aMessage({ messageId, subject, providerFolderId }),
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
  ruleVersion: 2,
  ...over,
})
const gone = entry({ state: 'gone', reason: 'moved-out' })
const draft = entry({ state: 'excluded', reason: 'draft', emailId: null })
const malformed = entry({ state: 'failed', reason: 'malformed', emailId: null })
const tooLarge = entry({ state: 'failed', reason: 'too-large', emailId: null })
const waiting = entry({ state: 'pending', reason: 'waiting', emailId: null })
const elsewhere = entry({ folderId: 'archive' })
const unwanted = entry({ state: 'excluded', reason: 'category-no-crm', emailId: null })
const marked = (messageId: string) => ({
  ...present(messageId),
  message: aMessage({ messageId, categories: ['No-CRM'], providerFolderId: 'P-inbox' }),
})
const remarked = (messageId: string, ...categories: string[]): MessageChange => ({
  ...{ kind: 'sparse', messageId, categories },
})
const waitingElsewhere = { ...waiting, folderId: 'archive' }

const here: Here = {
  ...{ folderId: 'inbox', openBelow: 2 },
  isMarked: (categories) => categories.includes('No-CRM'),
}

/** The plan for Inbox when the ledger knows `known` of message "a". */
const plan = (changes: MessageChange[], known?: KnownEntry): Step[] =>
  planPage(changes, new Map(known ? [['a', known]] : []), here)

const decide = { messageId: 'a', do: 'decide', message: present('a').message }
const moveHere = { messageId: 'a', do: 'move', folderId: 'inbox' }
const ask = { messageId: 'a', do: 'ask', suspect: false }
const suspect = { messageId: 'a', do: 'ask', suspect: true }
const unreadable = { messageId: 'a', do: 'malformed' }

describe('a page of changes', () => {
  it.each<[string, MessageChange, KnownEntry | undefined, object | null]>([
    ['decides on new mail', present('a'), undefined, decide],
    ['costs nothing when it is a replay', present('a'), entry(), null],
    ['decides anew on a draft', present('a'), draft, decide],
    ['decides on mail that came back', present('a'), gone, decide],
    ['decides on mail that can be read now', present('a'), malformed, decide],
    ['decides on mail that waits for its next try', present('a'), waiting, decide],
    ['sees mail that was moved here', present('a'), elsewhere, moveHere],
    ['asks for unknown mail of which it names the id alone', change('sparse', 'a'), undefined, ask],
    [
      'asks for mail that is back, of which it names the id alone',
      change('sparse', 'a'),
      gone,
      ask,
    ],
    ['asks for mail that was elsewhere', change('sparse', 'a'), elsewhere, ask],
    ['asks for mail that waits', change('sparse', 'a'), waiting, ask],
    ['asks again for mail that failed', change('sparse', 'a'), malformed, ask],
    ['does not ask for mail that stays too large', change('sparse', 'a'), tooLarge, null],
    ['needs nothing for a read flip of known mail', change('sparse', 'a'), entry(), null],
    ['needs nothing for a read flip of a draft', change('sparse', 'a'), draft, null],
    ['suspects that known mail has left', change('removed', 'a'), entry(), suspect],
    ['suspects that a draft has left', change('removed', 'a'), draft, suspect],
    ['ignores the removal of mail that is elsewhere', change('removed', 'a'), elsewhere, null],
    ['ignores the removal of mail that is gone', change('removed', 'a'), gone, null],
    [
      'asks for mail nobody knew that is said to have left: it may be back',
      change('removed', 'a'),
      undefined,
      suspect,
    ],
    ['accounts for mail that cannot be read', change('unreadable', 'a'), undefined, unreadable],
    ['accounts for unreadable mail that was gone', change('unreadable', 'a'), gone, unreadable],
    ['accounts for unreadable mail that waited', change('unreadable', 'a'), waiting, unreadable],
    ['keeps what it has of mail that cannot be read', change('unreadable', 'a'), entry(), null],
    ['says so once', change('unreadable', 'a'), malformed, null],
    ['moves stored mail that cannot be read', change('unreadable', 'a'), elsewhere, moveHere],
    ['decides anew where the rules are applied', present('a'), entry({ ruleVersion: 1 }), decide],
    [
      'decides anew on mail that is marked',
      marked('a'),
      entry(),
      { ...decide, message: marked('a').message },
    ],
    [
      'decides on marked mail that was moved here',
      marked('a'),
      elsewhere,
      { ...decide, message: marked('a').message },
    ],
    ['asks for stored mail that was marked', remarked('a', 'No-CRM'), entry(), ask],
    ['asks for mail that is marked no more', remarked('a', 'Red'), unwanted, ask],
    ['needs nothing for any other category', remarked('a', 'Red'), entry(), null],
    ['needs nothing for a mark that it knows', remarked('a', 'No-CRM'), unwanted, null],
    ['drops a record that names nobody', change('unreadable', ''), undefined, null],
  ])('%s', (_what, given, known, expected) => {
    expect(plan([given], known)).toEqual(expected ? [expected] : [])
  })

  it('takes the last word on a message', () => {
    expect(plan([present('a', 'first'), present('a', 'last')])).toEqual([
      { ...decide, message: present('a', 'last').message },
    ])
    expect(plan([present('a'), change('removed', 'a')])).toEqual([suspect])
    expect(plan([change('removed', 'a'), present('a')], entry())).toEqual([])
  })

  it('is nothing to do when it is empty', () => {
    expect(plan([])).toEqual([])
  })

  it('names no message twice, whatever it holds', () => {
    const ids = fc.constantFrom('a', 'b', 'c')
    const anyChange = fc.oneof(
      ids.map((id) => present(id)),
      fc
        .tuple(fc.constantFrom('sparse', 'removed', 'unreadable'), ids)
        .map(([kind, id]) => change(kind, id)),
    )
    const anyEntry = fc.constantFrom(entry(), gone, draft, malformed, elsewhere, waiting)
    fc.assert(
      fc.property(fc.array(anyChange), fc.dictionary(ids, anyEntry), (changes, entries) => {
        const made = planPage(changes, new Map(Object.entries(entries)), here)
        const named = made.map(({ messageId }) => messageId)
        expect(new Set(named).size).toBe(named.length)
      }),
    )
  })
})

describe('how messages look, as a page tells', () => {
  const looks = (changes: MessageChange[], known: KnownEntry | undefined = entry()) =>
    looksOn(changes, new Map(known ? [['a', known]] : []))
  const flipped = (isRead: boolean): MessageChange => ({ kind: 'sparse', messageId: 'a', isRead })

  it('is its read state and its categories, of what is an e-mail', () => {
    expect(looks([flipped(true)])).toEqual([{ messageId: 'a', isRead: true }])
    expect(looks([marked('a')])).toEqual([
      { messageId: 'a', isRead: false, categories: ['No-CRM'] },
    ])
    expect(looks([flipped(true)], gone)).toHaveLength(1) // its e-mail is kept
    expect(looks([flipped(true)], draft)).toEqual([])
    expect(looksOn([flipped(true)], new Map())).toEqual([])
  })

  it('is the last word on each', () => {
    expect(looks([marked('a'), flipped(true)])).toEqual([
      { messageId: 'a', isRead: true, categories: ['No-CRM'] },
    ])
    expect(looks([flipped(true), remarked('a'), flipped(false)])).toEqual([
      { messageId: 'a', isRead: false, categories: [] },
    ])
  })

  it('is nothing where a change tells nothing of it', () => {
    const silent = (['sparse', 'removed', 'unreadable'] as const).map((kind) => change(kind, 'a'))
    expect(looks(silent)).toEqual([])
  })
})

describe('a message that was asked for', () => {
  const settle = (answer: Answer, known: KnownEntry | undefined, isSuspect: boolean) =>
    settleAnswer('a', answer, {
      ...{ suspect: isSuspect, entry: known, here: { ...here, providerFolderId: 'P-inbox' } },
      watchedFolderOf: (id) => (id === 'P-archive' ? 'archive' : undefined),
    })
  type Asked = Parameters<typeof settle>
  const cannotBeRead = change('unreadable', 'a')
  const moved = { messageId: 'a', do: 'move', folderId: 'archive' }
  const waits = { messageId: 'a', do: 'wait' }
  const inFolder = (folder: string) => present('a', 'Offer', folder)
  const deleted = { messageId: 'a', do: 'gone', reason: 'deleted-in-mailbox' }
  const movedOut = { messageId: 'a', do: 'gone', reason: 'moved-out' }

  it.each<[string, Asked, object | null]>([
    ['is deleted when the mailbox has it no more', [null, entry(), true], deleted],
    ['is deleted also when it only waited', [null, waiting, false], deleted],
    ['was never ours when nobody knew it', [null, undefined, false], null],
    ['belongs to the other folder when it is there', [null, elsewhere, false], null],
    ['is still here: A to B to A', [inFolder('P-inbox'), entry(), true], null],
    ['is decided when it is here and waited', [inFolder('P-inbox'), waiting, false], decide],
    ['is decided when it is here and new', [inFolder('P-inbox'), undefined, false], decide],
    ['moved here', [inFolder('P-inbox'), elsewhere, false], moveHere],
    ['left for a folder nobody watches', [inFolder('P-spam'), entry(), true], movedOut],
    ['is never gone while a watched folder has it', [inFolder('P-archive'), entry(), true], moved],
    ['takes its waiting along', [inFolder('P-archive'), waiting, false], moved],
    ['needs no account here when it is elsewhere', [inFolder('P-spam'), undefined, false], null],
    ['is left to the folder that has it', [inFolder('P-archive'), waitingElsewhere, false], null],
    ['waits when the mailbox would not say', ['no-answer', entry(), true], waits],
    ['is accounted for when it cannot be read', [cannotBeRead, gone, false], unreadable],
    ['left when it is said to and cannot be read', [cannotBeRead, entry(), true], movedOut],
    [
      'is decided when nobody knew it and it is back',
      [inFolder('P-inbox'), undefined, true],
      decide,
    ],
    ['needs no account when nobody knew it and it is gone', [null, undefined, true], null],
    ['nor when it is elsewhere', [inFolder('P-archive'), undefined, true], null],
    ['nor when it cannot be read', [cannotBeRead, undefined, true], null],
  ])('%s', (_what, asked, expected) => {
    const step = settle(...asked)
    if (expected && 'message' in expected)
      expect(step).toMatchObject({ messageId: 'a', do: 'decide' })
    else expect(step).toEqual(expected)
  })
})
