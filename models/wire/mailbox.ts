import { z } from 'zod'

export const AuthMode = z.enum(['delegated', 'app'])
export type AuthMode = z.infer<typeof AuthMode>

/** Whose mailboxes are read; `outlook`: Microsoft 365. Another one is named here first. */
export const MailProvider = z.enum(['outlook'])
export type MailProvider = z.infer<typeof MailProvider>

/**
 * Green only with proof: every watched folder's ids equal the ledger's, its subscription is alive (or it is polled by
 * choice) and the credential good. The sentence says what is and the `todo` what to do about it.
 */
export const Light = z.object({
  colour: z.enum(['green', 'amber', 'red', 'off']),
  sentence: z.string(),
  todo: z.string().optional(),
})
export type Light = z.infer<typeof Light>

/** The last comparison of the mailbox's ids with ours, of one folder. */
export const ProofSummary = z.object({
  at: z.iso.datetime(),
  equal: z.boolean(),
  /** Messages that it mended. */
  repaired: z.int(),
})
export type ProofSummary = z.infer<typeof ProofSummary>

/** One watched folder's progress. */
export const WatchedFolder = z.object({
  id: z.string(),
  displayName: z.string(),
  /** The mailbox no longer has it. */
  deleted: z.boolean(),
  /**
   * Backfill: n of N. `total` is Graph's count, which includes items that are no mail. `secondsLeft` is an estimate from
   * the pace so far; null when there is none yet, or nothing left to do.
   */
  backfill: z.object({
    done: z.int(),
    total: z.int(),
    finishedAt: z.iso.datetime().nullable(),
    secondsLeft: z.int().nullable(),
  }),
  lastSyncAt: z.iso.datetime().nullable(),
  subscriptionExpiresAt: z.iso.datetime().nullable(),
  proof: ProofSummary.nullable(),
  light: Light,
})
export type WatchedFolder = z.infer<typeof WatchedFolder>

/** Why Microsoft 365 does not let us read a mailbox: who can end it, in words, and the code for support. */
export const MailboxTrouble = z.object({
  action: z.enum(['reconnect', 'consent', 'admin', 'policy', 'operator']),
  code: z.string(),
  since: z.iso.datetime(),
  sentence: z.string(),
  todo: z.string(),
})
export type MailboxTrouble = z.infer<typeof MailboxTrouble>

export const MailboxSettings = z.strictObject({
  /** Null: in real time. */
  pollEveryMinutes: z.literal([5, 15, 60]).nullable(),
  /** How much history is read; null: all of it, 0: none. Narrowing it takes nothing away. */
  windowDays: z.literal([0, 30, 90, 365]).nullable(),
  /**
   * How much of its matched e-mails colleagues see: everything, the subject too, who and when alone, or nothing. Null:
   * nobody has chosen, so nothing.
   */
  sharing: z.enum(['full', 'subject', 'metadata', 'private']).nullable(),
})
export type MailboxSettings = z.infer<typeof MailboxSettings>

/** `PATCH /api/v1/mailboxes/{id}/settings`: what is named changes. */
export const ChangeSettings = MailboxSettings.partial()
export type ChangeSettings = z.infer<typeof ChangeSettings>

/** What is to go back to the mailbox (direction `two-way`) waits for a permission: why, in words, and what to do. */
export const WriteRefusal = z.object({
  since: z.iso.datetime(),
  /** Microsoft's, for support. */
  code: z.string(),
  sentence: z.string(),
  todo: z.string(),
})
export type WriteRefusal = z.infer<typeof WriteRefusal>

/** A connected mailbox, as its owner and admins see it. */
export const Mailbox = z.object({
  id: z.string(),
  address: z.string(),
  displayName: z.string(),
  authMode: AuthMode,
  /**
   * `reconnect-needed`: its person must come back. `blocked`: somebody else must act. `disconnected`: it leaves the list
   * when everything is put away.
   */
  status: z.enum(['connected', 'reconnect-needed', 'blocked', 'disconnected']),
  trouble: MailboxTrouble.nullable(),
  /** Nothing is read until somebody resumes it. */
  paused: z.object({ at: z.iso.datetime(), byName: z.string() }).nullable(),
  settings: MailboxSettings,
  /** Left out while it may be written to, or need not be. Reading goes on all the same. */
  writeRefused: WriteRefusal.optional(),
  light: Light,
  folders: z.array(WatchedFolder),
})
export type Mailbox = z.infer<typeof Mailbox>

export const MailboxList = z.object({ mailboxes: z.array(Mailbox) })
export type MailboxList = z.infer<typeof MailboxList>

/** `POST /api/v1/mailboxes`: an admin connects a mailbox (own or shared) with the app's own permission. */
export const ConnectAppMailbox = z.strictObject({ address: z.email() })
export type ConnectAppMailbox = z.infer<typeof ConnectAppMailbox>

/** A folder that can be chosen; the list is the tree in reading order, `depth` its indent. */
export const FolderChoice = z.object({
  id: z.string(),
  displayName: z.string(),
  depth: z.int(),
  totalItemCount: z.int(),
  /** Outlook does not show it. */
  hidden: z.boolean(),
  /** Watched, but no longer in the mailbox: it can only be left out. */
  deleted: z.boolean(),
  watched: z.boolean(),
  /** Inbox and Sent Items: ticked for a mailbox that watches nothing yet. */
  suggested: z.boolean(),
})
export type FolderChoice = z.infer<typeof FolderChoice>

export const FolderChoices = z.object({ folders: z.array(FolderChoice) })
export type FolderChoices = z.infer<typeof FolderChoices>

/** `PUT /api/v1/mailboxes/{id}/folders`: exactly these are watched from now on. */
export const ChooseFolders = z.strictObject({
  watched: z.array(z.string().min(1).max(1024)).max(500),
})
export type ChooseFolders = z.infer<typeof ChooseFolders>
