import { z } from 'zod'

/** The body of every error answer (RFC 9457 problem details). Clients switch on `code`, never on words. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** Stable, kebab-case. */
  code: z.string(),
  /** One or two sentences for people: what happened, what to do. */
  detail: z.string(),
  /** For support; also in the log. */
  requestId: z.string().optional(),
  /** Which fields were wrong, and why. */
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>
