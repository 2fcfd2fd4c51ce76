import type { z } from 'zod'

/**
 * Who may call. `person`: the console's session, and its token for changes. `pane`: a bearer token of the add-in.
 * `metrics`: the token of METRICS_TOKEN. `graph`: anybody, as every notification is proven by itself.
 */
export type Access = 'anyone' | 'person' | 'auditor' | 'admin' | 'pane' | 'metrics' | 'graph'

/** A schema under the name it has in the document, as in `{ Mailbox }`. */
export type Named = Record<string, z.ZodType>

export type Answered = {
  about: string
  /** A JSON body. */
  json?: Named
  /** A body of another kind. */
  type?: string
  example?: unknown
}

/** One route, as the API's document tells it. */
export type Operation = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** With parameters in braces. */
  path: string
  id: string
  tag: string
  summary: string
  access: Access
  query?: z.ZodObject
  /** A JSON body, with an example of it. */
  body?: { json: Named; example: unknown } | { type: string; about: string; example: string }
  /** Edited by version: needs `If-Match`. */
  versioned?: boolean
  answers: Record<number, Answered>
}
