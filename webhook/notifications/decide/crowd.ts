/** What waits to be written, with what is being written. */
export type Crowd = {
  requests: number
  /** How long the first of them has waited. */
  oldestMs: number
}

/** So few are written together at once, however long that takes. */
const MANY = 100
/** Longer than a write takes by itself: what comes now would wait for more than one. */
const LONG_MS = 200

/**
 * Whether it is quicker for everybody that the next is turned away unread, to come again: a service that reads all that it
 * cannot take acknowledges nothing in time (reliability A6).
 */
export const isCrowded = ({ requests, oldestMs }: Crowd): boolean =>
  requests >= MANY && oldestMs > LONG_MS
