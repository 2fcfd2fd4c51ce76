import type { Sighting } from '../../models/email.ts'
import { NEVER, type NamedFolder, type Proof } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Subscription } from '../../models/subscription.ts'
import type { LogEmailRequest } from '../../models/wire/log-email.ts'
import type { Person } from '../../webhook/crm/ports.ts'
import type { ProviderMessage } from '../../webhook/provider/provider.ts'
import type { PageProgress } from '../../webhook/queue/folder-queue.ts'
import type { SeenEmail } from '../../webhook/store/email-store.ts'
import type { FolderToWatch } from '../../webhook/store/folder-store.ts'
import type { Account } from '../../webhook/store/ledger-store.ts'
import type { NewMailbox } from '../../webhook/store/mailbox-store.ts'

/** Things of the domain that are as ordinary as can be; a test names what matters to it. */

export const WORKSPACE = '11111111-1111-4111-8111-111111111111'
export const ALICE = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
export const BOB = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
export const NOW = new Date('2026-11-20T09:00:00Z')

const LONG_AGO = new Date(0)

export const aPerson = (over: Partial<Person> = {}): Person => ({
  workspaceId: WORKSPACE,
  userId: ALICE,
  displayName: 'Alice',
  roles: ['member'],
  ...over,
})

export const bob = aPerson({ userId: BOB, displayName: 'Bob' })

export const aNewMailbox = (over: Partial<NewMailbox> = {}): NewMailbox => ({
  workspaceId: WORKSPACE,
  providerUserId: ALICE,
  address: 'alice@flow.example',
  displayName: 'Alice',
  authMode: 'delegated',
  ownerUserId: ALICE,
  homeAccountId: `${ALICE}.${WORKSPACE}`,
  ...over,
})

export const aMailbox = (over: Partial<Mailbox> = {}): Mailbox => ({
  ...aNewMailbox(),
  _id: 'mailbox-alice',
  credentialSeq: 0,
  status: 'connected',
  trouble: null,
  recheckAt: null,
  paused: null,
  settings: { pollEveryMinutes: null, windowDays: null, sharing: null },
  writeRefused: null,
  folderLookAt: LONG_AGO,
  handover: null,
  ending: null,
  ...over,
})

export const aFolderToWatch = (over: Partial<FolderToWatch> = {}): FolderToWatch => ({
  workspaceId: WORKSPACE,
  mailboxId: 'mailbox-alice',
  providerFolderId: 'inbox-id',
  displayName: 'Inbox',
  totalItemCount: 3,
  ...over,
})

/** Nothing was wrong. */
export const aProof = (over: Partial<Proof> = {}): Proof => ({
  ...{ at: NOW, equal: true, missing: 0, surplus: 0, repaired: 0, lostEmails: 0 },
  mailboxCount: 3,
  counts: { pending: 0, stored: 3, excluded: 0, failed: 0, gone: 0 },
  ...{ ruleVersion: 1, serviceVersion: '1.0.0' },
  ...over,
})

/** Watched, its earlier mail read, proven just now: what a green light needs, but for the subscription. */
export const aFolder = (over: Partial<NamedFolder> = {}): NamedFolder => ({
  _id: 'folder-inbox',
  workspaceId: WORKSPACE,
  mailboxId: 'mailbox-alice',
  providerFolderId: 'inbox-id',
  displayName: 'Inbox',
  watched: true,
  cursor: null,
  deletedAt: null,
  midRound: false,
  pageSize: 0,
  backfill: { done: 3, total: 3, startedAt: NOW, finishedAt: NOW },
  lastSyncAt: NOW,
  lastErrorCode: null,
  proof: aProof(),
  proofDueAt: new Date(NOW.getTime() + 86_400_000),
  rhythm: { lastChangeAt: NOW, meanGapMs: null, emptyProbes: 0 },
  dirtySeq: 1,
  doneSeq: 1,
  openBelow: 0,
  peekedSeq: 1,
  rangAt: NEVER,
  dueAt: NOW,
  attempts: 0,
  lease: { owner: null, token: 1, until: LONG_AGO },
  isOrphaned: false,
  ...over,
})

export const aSubscription = (over: Partial<Subscription> = {}): Subscription => ({
  _id: 'subscription-1',
  workspaceId: WORKSPACE,
  mailboxId: 'mailbox-alice',
  folderId: 'folder-inbox',
  providerUserId: ALICE,
  clientStateHash: 'hash-of-the-secret',
  createdAt: NOW,
  renewedAt: NOW,
  certificateId: null,
  expiresAt: new Date(NOW.getTime() + 86_400_000),
  renewAt: new Date(NOW.getTime() + 57_600_000),
  challengedAt: null,
  ...over,
})

export const aMessage = (over: Partial<ProviderMessage> = {}): ProviderMessage => ({
  messageId: 'message-1',
  internetMessageId: '<one@customer.example>',
  providerFolderId: 'inbox-id',
  conversationId: 'conversation-1',
  references: [],
  inReplyTo: null,
  isDraft: false,
  isRead: false,
  categories: [],
  sensitivity: 'normal',
  isProtected: false,
  machine: {
    hasListId: false,
    autoSubmitted: null,
    precedence: null,
    hasNullReturnPath: false,
  },
  subject: 'Offer',
  preview: 'Good morning.',
  bodyHtml: '<p>Good morning.</p>',
  from: { name: 'Carol', address: 'carol@customer.example' },
  sender: null,
  to: [{ name: 'Alice', address: 'alice@flow.example' }],
  cc: [],
  bcc: [],
  replyTo: [],
  sentAt: new Date('2026-11-20T08:59:30Z'),
  receivedAt: NOW,
  hasAttachments: false,
  ...over,
})

export const aSighting = (over: Partial<Sighting> = {}): Sighting => ({
  key: 'sync:mailbox-alice:message-1',
  via: 'sync',
  mailboxId: 'mailbox-alice',
  folderId: 'folder-inbox',
  messageId: 'message-1',
  ownerUserId: ALICE,
  since: NOW,
  ...{ mailboxAddress: null, byName: null, isRead: null, categories: [] },
  ...over,
})

export const anEmail = (over: Partial<SeenEmail> = {}): SeenEmail => ({
  workspaceId: WORKSPACE,
  identity: 'id:one',
  internetMessageId: '<one@customer.example>',
  ...{ references: [], inReplyTo: null },
  messageIdKey: 'key-one',
  subject: 'Offer',
  preview: 'Good morning.',
  bodyHtml: '<p>Good morning.</p>',
  from: { name: 'Carol', address: 'carol@customer.example' },
  to: [{ name: 'Alice', address: 'alice@flow.example' }],
  cc: [],
  ...{ sender: null, bcc: [], replyTo: [] },
  sentAt: new Date('2026-11-20T08:59:30Z'),
  receivedAt: NOW,
  hasAttachments: false,
  sighting: aSighting(),
  ...over,
})

export const anAccount = (over: Partial<Account> = {}): Account => ({
  workspaceId: WORKSPACE,
  mailboxId: 'mailbox-alice',
  messageId: 'message-1',
  folderId: 'folder-inbox',
  state: 'stored',
  reason: 'new',
  ruleVersion: 1,
  messageIdKey: null,
  senderKey: null,
  partyKeys: [],
  full: null,
  receivedAt: NOW,
  emailId: 'email-1',
  attempts: 0,
  retryAt: null,
  delay: null,
  ...over,
})

/** Where a pass is after a page that is not the last one. */
export const aPage = (over: Partial<PageProgress> = {}): PageProgress => ({
  cursor: 'page 2',
  isLast: false,
  backfilled: 1,
  pageSize: 100,
  ...over,
})

/** What the pane sends of the message that {@link aMessage} is. */
export const aLogRequest = (over: Partial<LogEmailRequest> = {}): LogEmailRequest => ({
  internetMessageId: '<one@customer.example>',
  itemId: 'message-1',
  mailboxAddress: 'alice@flow.example',
  subject: 'Offer',
  from: { name: 'Carol', address: 'carol@customer.example' },
  to: [{ name: 'Alice', address: 'alice@flow.example' }],
  cc: [],
  sentAt: null,
  bodyHtml: '<p>Good morning.</p>',
  ...over,
})
