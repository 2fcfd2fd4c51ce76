import { MINUTE } from '../../webhook/duration.ts'

/** For a database that is there for certain: one that does not answer at once is on a machine that stood still. */
export const patience = () => ({ ms: MINUTE, signal: AbortSignal.any([]) })
