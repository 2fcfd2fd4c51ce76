import type { Readable } from 'node:stream'

/** Who calls: an app, on behalf of a signed-in user (delegated) or of itself (app-only). */
export type Caller = {
  appId: string
  tenantId: string
  /** The signed-in user's object id; absent for an app-only token. */
  userId?: string
  /** `scp` of a delegated token, or `roles` of an app-only one. */
  permissions: readonly string[]
  /** When the token he came with lapses; a subscription lives on this token (graph-contract 2.2). */
  tokenExpiresAt?: Date
}

/** One request to Graph, free of any web framework, so that `$batch` and HTTP share one way in. */
export type GraphRequest = {
  method: string
  /**
   * Segments after `/v1.0`, decoded, with `mailFolders('x')` and `mailFolders/x` made one (`['mailFolders', 'x']`) and
   * `me` replaced by `['users', <caller's id>]` (graph-contract 1.3).
   */
  segments: readonly string[]
  query: URLSearchParams
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  body: Uint8Array
  caller: Caller
  /** The twin's own address, e.g. `http://localhost:3001`, for nextLink, deltaLink and uploadUrl. */
  origin: string
}

export type GraphResponse = {
  status: number
  headers?: Record<string, string>
  /** JSON unless it is bytes or a stream; then `content-type` must be among the headers. */
  body?: unknown
  bytes?: Uint8Array | Readable
}

/** Names of the path's `:parameters`. */
export type PathParams = Readonly<Record<string, string>>

/** One operation. The pattern is matched segment by segment, fixed words in any case (graph-contract 1.3). */
export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** e.g. `users/:user/mailFolders/:folder/messages/delta` */
  pattern: string
  /**
   * Any one of these permissions is enough, delegated or application (graph-contract 7.2). None listed: any valid
   * token will do, the route decides for itself.
   */
  permissions: readonly string[]
  /** Reached without a token, as upload URLs are (graph-contract 5); the caller is then `nobody`. */
  anonymous?: true
  handle(request: GraphRequest, params: PathParams): GraphResponse | Promise<GraphResponse>
}

/** Who calls an anonymous route. */
export const nobody: Caller = { appId: '', tenantId: '', permissions: [] }
