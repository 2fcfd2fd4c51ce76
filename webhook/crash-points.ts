/**
 * The places where a crash would hurt most, each between two effects. In production nothing happens there; the torture
 * test kills the process at the n-th visit of one of them.
 */
export const crashPoints = [
  // receiving
  'bell-proven',
  'bell-written',
  'subscription-lost-removed',
  // subscribing
  'subscription-asked',
  'subscription-granted',
  'subscription-recorded',
  'subscription-adopted',
  'renewal-postponed',
  'renewal-granted',
  'subscription-ended-at-provider',
  // a pass
  'folder-claimed',
  'page-fetched',
  'page-known-read',
  'page-decided',
  'emails-inserted',
  'emails-written',
  'ledger-inserted',
  'ledger-written',
  'page-applied',
  'cursor-advanced',
  'peek-applied',
  'suspects-asked',
  'message-quarantined',
  'backfill-finished',
  'pass-finished',
  'pass-failed',
  // proving
  'ids-compared',
  'difference-repaired',
  'proof-saved',
  // people's choices
  'folder-watched',
  'folder-unwatched',
  // fetching attachments
  'attachments-wanted',
  'attachments-claimed',
  'attachments-listed',
  'attachment-chunk-written',
  'attachment-arrived',
  'attachment-kept',
  'attachment-recorded',
  'attachments-settled',
  // writing back
  'write-back-wanted',
  'write-back-claimed',
  'write-back-written',
  'write-back-settled',
] as const
export type CrashPoint = (typeof crashPoints)[number]

/** Called at each visit. */
export type CrashHook = (point: CrashPoint) => void

export const noCrash: CrashHook = () => undefined

/** Of erasures: apart from the others, as the torture test has nobody erased. */
export const erasureCrashPoints = [
  'erasure-begun',
  'person-suppressed',
  'erasure-stretch-found',
  'erasure-accounts-emptied',
  'erasure-emails-deleted',
  'erasure-people-removed',
  'erasure-stretch-taken',
  'erasure-reported',
] as const
export type ErasureCrashPoint = (typeof erasureCrashPoints)[number]
export type ErasureCrashHook = (point: ErasureCrashPoint) => void
