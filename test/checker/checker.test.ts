import { describe, expect, it } from '@jest/globals'
import { CursorHistory } from './cursor-history.ts'
import { emailFaults, markFaults } from './email-rules.ts'
import { restFaults } from './folder-rules.ts'
import { ledgerFaults } from './ledger-rules.ts'
import type { EmailDoc, EntryDoc, Facts, FolderDoc } from './store-view.ts'
import type { TrueMessage } from './truth.ts'

const NOW = new Date('2026-03-02T09:00:00Z')

const folder = (name: string): FolderDoc => ({
  ...{ _id: name, workspaceId: 'w', mailboxId: 'box', providerFolderId: `p-${name}` },
  ...{ displayName: name, watched: true, deletedAt: null, cursor: 'link', attempts: 0 },
  ...{ dirtySeq: 3, doneSeq: 3, backfill: { startedAt: NOW, finishedAt: NOW } },
  proof: { equal: true, at: NOW },
})

const message = (messageId: string): TrueMessage => ({
  ...{ messageId, folderId: 'p-inbox', isDraft: false, internetMessageId: `<${messageId}>` },
  ...{ sender: 'carol@customer.example', subject: `Subject ${messageId}`, receivedAt: NOW },
  isProtected: false,
  categories: [],
})

const entry = (messageId: string): EntryDoc => ({
  ...{ _id: `entry-${messageId}`, workspaceId: 'w', mailboxId: 'box', messageId },
  ...{ folderId: 'inbox', state: 'stored', reason: 'new', emailId: `email-${messageId}` },
  ...{ attempts: 0, retryAt: null },
})

const email = (messageId: string): EmailDoc => ({
  ...{ _id: `email-${messageId}`, workspaceId: 'w', internetMessageId: `<${messageId}>` },
  ...{ subject: `Subject ${messageId}`, from: { address: 'carol@customer.example' } },
  sightings: [...[{ key: messageId, via: 'sync', mailboxId: 'box', folderId: 'inbox', messageId }]],
})

const PROTECTED = { state: 'failed', reason: 'protected' }

/** One mailbox with two watched folders; the messages one and two lie in its Inbox and are stored. */
function allIsWell() {
  const alice = {
    ...{ userId: 'alice', address: 'alice@flow.example' },
    folderIds: new Set(['p-inbox', 'p-archive']),
    messages: new Map(['one', 'two'].map((id) => [id, message(id)])),
  }
  const facts = {
    workspaceId: 'w',
    mailboxes: [{ _id: 'box', workspaceId: 'w', providerUserId: 'alice', settings: {} }],
    folders: [folder('inbox'), folder('archive')],
    entries: ['one', 'two'].map(entry),
    emails: ['one', 'two'].map(email),
    truth: new Map([['alice', alice]]),
  } satisfies Facts
  return { facts, alice }
}

/** What the checker says after something was broken by hand. */
function findings(breakIt: (world: ReturnType<typeof allIsWell>) => void): string[] {
  const world = allIsWell()
  breakIt(world)
  const { facts } = world
  return [...ledgerFaults(facts), ...emailFaults(facts), ...restFaults(facts)]
}

describe('the checker has nothing to say', () => {
  it('when everything is there, once', () => {
    expect(findings(() => undefined)).toEqual([])
  })

  it('about mail in folders that nobody watches', () => {
    const found = findings(({ alice }) => {
      alice.folderIds.add('p-other')
      alice.messages.set('three', { ...message('three'), folderId: 'p-other' })
    })
    expect(found).toEqual([])
  })

  it('about an encrypted mail that is stored without its text', () => {
    const found = findings(({ facts, alice }) => {
      alice.messages.get('one')!.isProtected = true
      Object.assign(facts.entries[0]!, PROTECTED)
    })
    expect(found).toEqual([])
  })

  it('about one Message-ID that was sent twice', () => {
    const found = findings(({ facts, alice }) => {
      alice.messages.get('two')!.internetMessageId = '<one>'
      Object.assign(facts.emails[0]!, { sentAt: NOW })
      const later = new Date(NOW.getTime() + 121_000)
      Object.assign(facts.emails[1]!, { sentAt: later, internetMessageId: '<one>' })
    })
    expect(found).toEqual([])
  })

  it('about a draft that was left out, and mail from before the window', () => {
    const found = findings(({ facts, alice }) => {
      alice.messages.get('one')!.isDraft = true
      Object.assign(facts.entries[0]!, { state: 'excluded', reason: 'draft', emailId: null })
      facts.mailboxes[0]!.settings = { windowDays: 30 }
      alice.messages.get('two')!.receivedAt = new Date('2026-01-01T00:00:00Z')
      const old = { state: 'excluded', reason: 'older-than-window', emailId: null }
      Object.assign(facts.entries[1]!, old)
      facts.emails.length = 0
    })
    expect(found).toEqual([])
  })
})

type Break = Parameters<typeof findings>[0]
const faults: [string, RegExp, Break][] = [
  [
    'a message nobody accounts for',
    /^lost: .*not in the ledger$/,
    ({ facts }) => void facts.entries.pop(),
  ],
  ['an e-mail that no account explains', /^unexplained: /, ({ facts }) => void facts.entries.pop()],
  [
    'a stored message without its e-mail',
    /^lost: .*e-mail is not there$/,
    ({ facts }) => void facts.emails.pop(),
  ],
  [
    'a message left waiting',
    /^lost: .*is pending/,
    ({ facts }) => void (facts.entries[0]!.state = 'pending'),
  ],
  [
    'a mail called encrypted that is not',
    /^lost: .*is failed \(protected\)$/,
    ({ facts }) => void Object.assign(facts.entries[0]!, PROTECTED),
  ],
  [
    'an encrypted mail that is stored as if it had been read',
    /^lost: .*is stored \(new\)$/,
    ({ alice }) => void (alice.messages.get('one')!.isProtected = true),
  ],
  [
    'a message called gone',
    /^lost: .*is gone/,
    ({ facts }) => void (facts.entries[0]!.state = 'gone'),
  ],
  [
    'two accounts of one message',
    /^twice: .*2 ledger entries$/,
    ({ facts }) => void facts.entries.push({ ...entry('one'), _id: 'again' }),
  ],
  [
    'two e-mails of one message',
    /^twice: 2 e-mails are/,
    ({ facts }) => void facts.emails.push({ ...email('one'), _id: 'again' }),
  ],
  [
    'one sighting counted twice',
    /^twice: .*same sighting twice$/,
    ({ facts }) => void facts.emails[0]!.sightings.push(facts.emails[0]!.sightings[0]!),
  ],
  [
    'an account in the wrong folder',
    /^wrong: .*in another folder/,
    ({ facts }) => void (facts.entries[0]!.folderId = 'archive'),
  ],
  [
    'a sighting in the wrong folder',
    /^wrong: its sighting names another folder/,
    ({ facts }) => void (facts.emails[0]!.sightings[0]!.folderId = 'archive'),
  ],
  [
    'an e-mail of another message',
    /^wrong: its e-mail is another message/,
    ({ facts }) => void (facts.emails[0]!.internetMessageId = '<other>'),
  ],
  [
    'a stored draft',
    /^wrong: the draft/,
    ({ alice }) => void (alice.messages.get('one')!.isDraft = true),
  ],
  [
    'mail that is no longer there',
    /^surplus: .*not there$/,
    ({ alice }) => void alice.messages.delete('two'),
  ],
  [
    'mail that moved to the other folder',
    /^surplus: .*not there$/,
    ({ alice }) => void (alice.messages.get('two')!.folderId = 'p-archive'),
  ],
  [
    'an account of another workspace',
    /^wrong: .*in the workspace other$/,
    ({ facts }) => void (facts.entries[0]!.workspaceId = 'other'),
  ],
  [
    'an e-mail of another workspace',
    /^wrong: .*in another workspace$/,
    ({ facts }) => void (facts.emails[0]!.workspaceId = 'other'),
  ],
  [
    'an e-mail that nobody saw',
    /^wrong: nobody ever saw/,
    ({ facts }) => void (facts.emails[0]!.sightings.length = 0),
  ],
  [
    'a folder that owes a pass',
    /^unfinished: inbox owes a pass/,
    ({ facts }) => void facts.folders[0]!.dirtySeq++,
  ],
  [
    'a folder that keeps failing',
    /^unfinished: inbox has failed 2 times/,
    ({ facts }) => void (facts.folders[0]!.attempts = 2),
  ],
  [
    'a first pass that never ended',
    /^unfinished: inbox has not finished/,
    ({ facts }) => void (facts.folders[0]!.backfill.finishedAt = null),
  ],
  [
    'a folder that is not proven',
    /^unfinished: inbox is not proven equal$/,
    ({ facts }) => void (facts.folders[0]!.proof = null),
  ],
  [
    'a watched folder that is no more',
    /^wrong: archive is watched/,
    ({ alice }) => void alice.folderIds.delete('p-archive'),
  ],
]

describe('the checker objects', () => {
  it.each(faults)('to %s', (_name, sentence, breakIt) => {
    expect(findings(breakIt)).toContainEqual(expect.stringMatching(sentence))
  })
})

describe('the history of a cursor', () => {
  const history = (...stored: (string | null)[]) => {
    const cursors = new CursorHistory()
    for (const link of ['first', 'second', 'third']) cursors.gave(link)
    for (const cursor of stored) cursors.stored('inbox', cursor)
    return cursors.faults
  }

  it('is fine when it goes forward, stands still or begins anew', () => {
    expect(history(null, 'first', 'first', 'third', null, 'second')).toEqual([])
  })

  it('is broken when it goes back, or holds what Graph never gave out', () => {
    expect(history('first', 'third', 'second')).toEqual([expect.stringMatching(/^back: /)])
    expect(history('forged')).toEqual([expect.stringMatching(/never given out by Graph$/)])
  })
})

describe('the checker of marks', () => {
  const bothWays = new Set(['alice@flow.example'])
  const both = { one: ['FlowCRM'], two: ['Urgent', 'FlowCRM'] }
  const found = (marked: Record<string, string[]>, emails = ['one', 'two'].map(email)) => {
    const { facts, alice } = allIsWell()
    for (const [id, message] of alice.messages) message.categories = marked[id] ?? []
    return markFaults({ ...facts, emails, bothWays })
  }

  it('finds nothing where all that is in the CRM is marked once', () => {
    expect([...found(both), ...markFaults(allIsWell().facts)]).toEqual([])
  })

  it('lets copies bear the mark of their original where messages are copied, and nowhere else', () => {
    const { facts, alice } = allIsWell()
    for (const message of alice.messages.values()) {
      message.internetMessageId = '<one>'
      message.categories = ['FlowCRM']
    }
    const emails = [email('one')]
    expect(markFaults({ ...facts, emails, bothWays, areCopied: true })).toEqual([])
    expect(markFaults({ ...facts, emails, bothWays })).toHaveLength(1)
    expect(found(both, [email('one')])).toHaveLength(1)
  })

  it.each([
    ['what is not marked', found({ one: ['FlowCRM'] }), /two is in .*, and is marked 0 times$/],
    ['what is marked twice', found({ ...both, one: [...both.two, 'FlowCRM'] }), /one .* 2 times$/],
    ['what is marked and not here', found(both, [email('one')]), /two is not .*marked 1 times$/],
  ])('finds %s', (_what, faults, fault) => {
    expect(faults).toEqual([expect.stringMatching(fault)])
  })
})
