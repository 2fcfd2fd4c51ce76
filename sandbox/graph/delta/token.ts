import { z } from 'zod'
import { badRequest } from '../errors.ts'

/** Where a delta round stands. Numbers are change numbers of the mailbox. */
const cursor = z.object({
  /** The client knows everything up to here, or in an initial round: the mailbox stood here when it began. */
  base: z.number(),
  isInitial: z.boolean(),
  /** Read on after this change. */
  after: z.number(),
  /** An initial round that goes by age, newest first: the last message shown, or `newest` before any. */
  older: z
    .union([z.literal('newest'), z.object({ receivedAt: z.number(), immutable: z.number() })])
    .exactOptional(),
  /** Messages shown in this round, and empty pages in a row. */
  shown: z.number(),
  rested: z.number(),
})

const query = z.object({
  select: z.string().exactOptional(),
  expand: z.string().exactOptional(),
  since: z.number().exactOptional(),
  newestFirst: z.literal(true).exactOptional(),
  changeType: z.enum(['created', 'updated', 'deleted']).exactOptional(),
  top: z.number().exactOptional(),
  hidden: z.literal(true).exactOptional(),
})

const token = z.object({ chain: z.string(), generation: z.number(), query: query, cursor })

export type Cursor = z.infer<typeof cursor>
export type DeltaToken = z.infer<typeof token>

/** A token as clients see it: they may keep it, never read it (graph-contract 3.1). */
export const writeToken = (value: DeltaToken) =>
  Buffer.from(JSON.stringify(value)).toString('base64url')

export function readToken(text: string): DeltaToken {
  try {
    return token.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch {
    throw badRequest('The sync state is not valid.', 'InvalidSyncStateData')
  }
}
