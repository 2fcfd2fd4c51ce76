/** What the driver is to send: each POST at its own time, with one notification. */
export type Plan = {
  url: string
  connections: number
  /** JSON bodies, each once. */
  bodies: string[]
  /** `atMs`: when it is due, from the start on, ascending; `body`: a position among the bodies. */
  posts: { atMs: number; body: number }[]
}

/** What became of a POST; `tookMs` counts from the moment it was due, so that a stall counts for all that it holds up. */
export type Answer = {
  /** Its position in the plan. */
  post: number
  status: number
  tookMs: number
  /** Since a connection was free for it: what the service alone took. */
  sinceSentMs: number
  hasRetryAfter: boolean
}

/** How it went. What is not there was not answered: the connection broke. */
export type Drive = { answers: Answer[] }

/** POSTs at a steady rate, from `fromMs` on; `bodyOf` says with which body each. */
export const steadily = (
  { rate, seconds, fromMs = 0 }: { rate: number; seconds: number; fromMs?: number },
  bodyOf: (post: number) => number,
): Plan['posts'] =>
  Array.from({ length: rate * seconds }, (_, post) => ({
    atMs: fromMs + (post * 1_000) / rate,
    body: bodyOf(post),
  }))
