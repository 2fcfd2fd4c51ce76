import type { Email } from '../../../models/wire/email.ts'
import type { FolderChoice, Mailbox, WatchedFolder } from '../../../models/wire/mailbox.ts'
import type { Session } from '../../../models/wire/session.ts'

export const aSession = (over: Partial<Session> = {}): Session => ({
  user: { id: 'u-alice', displayName: 'Alice Ashdown', address: 'alice@contoso.test' },
  workspaceId: 'w-contoso',
  roles: ['member'],
  csrfToken: 'csrf-of-alice',
  ...over,
})

export const aFolder = (over: Partial<WatchedFolder> = {}): WatchedFolder => ({
  id: 'f-inbox',
  displayName: 'Inbox',
  deleted: false,
  backfill: { done: 1_204, total: 1_204, finishedAt: '2026-11-20T09:00:00Z', secondsLeft: null },
  lastSyncAt: new Date().toISOString(),
  subscriptionExpiresAt: '2026-11-27T09:00:00Z',
  proof: { at: '2026-11-20T09:00:00Z', equal: true, repaired: 0 },
  light: { colour: 'green', sentence: 'All 1,204 messages are in the CRM.' },
  ...over,
})

export const aMailbox = (over: Partial<Mailbox> = {}): Mailbox => ({
  id: 'm-alice',
  address: 'alice@contoso.test',
  displayName: 'Alice Ashdown',
  authMode: 'delegated',
  status: 'connected',
  trouble: null,
  paused: null,
  settings: { pollEveryMinutes: null, windowDays: null, sharing: null },
  light: { colour: 'green', sentence: 'All 1,204 messages are in the CRM.' },
  folders: [aFolder()],
  ...over,
})

export const aChoice = (over: Partial<FolderChoice> = {}): FolderChoice => ({
  id: 'f-inbox',
  displayName: 'Inbox',
  depth: 0,
  totalItemCount: 1_204,
  hidden: false,
  deleted: false,
  watched: false,
  suggested: false,
  ...over,
})

export const aTree: FolderChoice[] = [
  aChoice({ suggested: true }),
  aChoice({ id: 'f-projects', displayName: 'Projects', depth: 1, totalItemCount: 1 }),
  aChoice({ id: 'f-harbour', displayName: 'Harbour bridge', depth: 2, totalItemCount: 88 }),
  aChoice({ id: 'f-sent', displayName: 'Sent Items', totalItemCount: 640, suggested: true }),
  aChoice({ id: 'f-archive', displayName: 'Archive', totalItemCount: 12_450 }),
]

export const anEmail = (over: Partial<Email> = {}): Email => ({
  id: 'e-1',
  subject: 'Offer for the harbour bridge',
  preview: 'Dear Alice, thank you for the offer. Two questions before we sign',
  from: { name: 'Ada Lovelace', address: 'ada@customer.test' },
  to: [{ name: 'Alice Ashdown', address: 'alice@contoso.test' }],
  cc: [],
  sentAt: '2026-11-20T09:59:58Z',
  receivedAt: '2026-11-20T10:00:00Z',
  hasAttachments: false,
  visibility: 'full',
  threadId: 'thread-1',
  sightings: [
    {
      via: 'sync',
      mailboxAddress: 'alice@contoso.test',
      folderName: 'Inbox',
      since: '2026-11-20T10:00:02Z',
      byName: null,
    },
  ],
  ...over,
})

/** `count` e-mails, newest first, one minute apart, ids `e-<count>` down to `e-1`. */
export const manyEmails = (count: number, newest = '2026-11-20T10:00:00Z'): Email[] =>
  Array.from({ length: count }, (_, index) =>
    anEmail({
      id: `e-${count - index}`,
      subject: `Message ${count - index}`,
      receivedAt: new Date(Date.parse(newest) - index * 60_000).toISOString(),
    }),
  )
