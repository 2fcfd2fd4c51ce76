import { z } from 'zod'

export const AuthMode = z.enum(['delegated', 'app'])
export type AuthMode = z.infer<typeof AuthMode>

/**
 * Green only with proof: every watched folder's ids equal the ledger's, its subscription is alive and the credential
 * good. The sentence says what is and the `todo` what to do about it.
 */
export const Light = z.object({
  colour: z.enum(['green', 'amber', 'red', 'off']),
  sentence: z.string(),
  todo: z.string().optional(),
})
export type Light = z.infer<typeof Light>

/** One watched folder's progress. */
export const WatchedFolder = z.object({
  id: z.string(),
  displayName: z.string(),
  /** Backfill: n of N. `total` is Graph's count, which includes items that are no mail. */
  backfill: z.object({ done: z.int(), total: z.int(), finishedAt: z.iso.datetime().nullable() }),
  lastSyncAt: z.iso.datetime().nullable(),
  subscriptionExpiresAt: z.iso.datetime().nullable(),
  light: Light,
})
export type WatchedFolder = z.infer<typeof WatchedFolder>

/** A connected mailbox, as its owner and admins see it. */
export const Mailbox = z.object({
  id: z.string(),
  address: z.string(),
  displayName: z.string(),
  authMode: AuthMode,
  status: z.enum(['connected', 'reconnect-needed']),
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
