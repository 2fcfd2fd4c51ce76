import { z } from 'zod'

export const Role = z.enum(['member', 'admin', 'auditor'])
export type Role = z.infer<typeof Role>

/** Who is signed in to the console: `GET /api/v1/session`. */
export const Session = z.object({
  user: z.object({ id: z.string(), displayName: z.string(), address: z.string() }),
  workspaceId: z.string(),
  roles: z.array(Role),
  /** Sent back as `x-csrf-token` with everything that changes something. */
  csrfToken: z.string(),
  /** Present in the sandbox only: doors a newcomer wants next. */
  sandbox: z.object({ faultDeskUrl: z.url(), outlookUrl: z.url() }).optional(),
})
export type Session = z.infer<typeof Session>
