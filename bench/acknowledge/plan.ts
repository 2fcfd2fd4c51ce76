/** What the driver is to send: `rate` POSTs a second, each with one notification. */
export type Plan = {
  url: string
  rate: number
  connections: number
  /** One JSON body for each POST, in the order of sending. */
  bodies: string[]
}

/** How it went; `eachMs` counts from the moment each was due, so that a stall counts for all that it holds up. */
export type Drive = {
  eachMs: number[]
  /** Positions in the order of sending that were answered 202. */
  acknowledged: number[]
  refused: number
  /** Those without an answer: the connection broke. */
  broken: number
}
