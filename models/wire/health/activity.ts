import { z } from 'zod'

/**
 * What people did with the mailbox, what was read, compared and subscribed, what became of its credential, its last test,
 * and messages that could not be stored.
 */
export const activityKinds = [
  'people',
  'reading',
  'comparison',
  'subscription',
  'credential',
  'test',
  'message',
] as const
export const ActivityKind = z.enum(activityKinds)
export type ActivityKind = z.infer<typeof ActivityKind>

export const ActivityEntry = z.object({
  at: z.iso.datetime(),
  kind: ActivityKind,
  severity: z.enum(['info', 'warning', 'error']),
  sentence: z.string(),
  /** Null: it is about the whole mailbox. */
  folderName: z.string().nullable(),
})
export type ActivityEntry = z.infer<typeof ActivityEntry>

/** The query of `GET /api/v1/mailboxes/{id}/activity`. */
export const ActivityQuery = z.object({
  kind: ActivityKind.optional(),
  since: z.iso.datetime({ offset: true }).optional(),
})
export type ActivityQuery = z.infer<typeof ActivityQuery>

/**
 * Newest first. What people did is all there; of what the service does by itself the last of each kind in each folder is
 * known, and what is wrong now.
 */
export const Activity = z.object({
  entries: z.array(ActivityEntry),
  /** There is more than these; a narrower question shows it. */
  isCut: z.boolean(),
})
export type Activity = z.infer<typeof Activity>
