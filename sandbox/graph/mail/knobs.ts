/** How mailboxes and delta misbehave. All faults are off to begin with; turn them at any time, they are read live. */
export type MailKnobs = {
  /** `updated` events that follow a delivery without anybody's doing (graph-contract 9 #12). */
  trailingUpdates: number
  trailingUpdateEveryMs: number
  /** For so long after its arrival a PATCH of a message meets 412, even without `If-Match` (graph-contract 4.3, 9 #28). */
  conflictWindowMs: number
  /** How long mail rests in the Outbox, where its id lives only briefly (graph-contract 9 #13). */
  sendDelayMs: number
  /** Sending makes a new item even under immutable ids, though the docs say otherwise (graph-contract 9 #18). */
  sendChangesImmutableId: boolean

  /** Page of a delta round or list without `odata.maxpagesize` (graph-contract 3.1). */
  defaultPageSize: number
  /** Largest page of a delta round; Graph's own bound is unknown (graph-contract 11 #5). */
  maxDeltaPageSize: number
  /** How old a change must be before delta shows it (graph-contract 3.2 "changes lag"). */
  deltaLagMs: number
  /** Share of delta pages, 0 to 1, that come empty with a nextLink before the real one (graph-contract 3.2). */
  deltaEmptyPages: number
  /** Share of delta pages that repeat an item (graph-contract 3.2, 9 #20). */
  deltaDuplicates: number
  /** Share of delta rounds that begin with changes of the round before (graph-contract 3.2 "replays"). */
  deltaReplays: number
  /**
   * Which updates hold only what changed: read flips as observed, all single-property changes, or none
   * (graph-contract 3.2, 9 #23).
   */
  deltaSparse: 'read-flips' | 'all' | 'none'
  /** Under immutable ids, a message that left and came back within a round shows up as removed only (graph-contract 9 #19). */
  deltaLosesRoundTrips: boolean
  /** What an expired token meets: the error alone, or also a `Location` to start again from (graph-contract 3.3). */
  deltaReset: 'error' | 'location'
  /** How many generations of a folder's delta tokens are kept (graph-contract 3.3). */
  deltaGenerations: number
}

/** Mail as Graph documents it, and where documents are silent as it was observed. */
export const defaultMailKnobs = (): MailKnobs => ({
  trailingUpdates: 0,
  trailingUpdateEveryMs: 2_000,
  conflictWindowMs: 0,
  sendDelayMs: 0,
  sendChangesImmutableId: false,
  defaultPageSize: 10,
  maxDeltaPageSize: 1_000,
  deltaLagMs: 0,
  deltaEmptyPages: 0,
  deltaDuplicates: 0,
  deltaReplays: 0,
  deltaSparse: 'read-flips',
  deltaLosesRoundTrips: false,
  deltaReset: 'error',
  deltaGenerations: 4,
})
