import { SECOND } from '../../../duration.ts'

/** Mail that people wait for came so lately that more of it is likely. */
const LATELY_MS = SECOND
/** How much longer a first reading rests than it works, while new mail comes. */
const REST = 9
/** A slow page rests no longer. */
const LONGEST_REST_MS = 5 * SECOND

/**
 * Whether a first reading gives way after each page: history can wait, and a machine that is busy with it stores new mail
 * late (reliability C10).
 */
export const givesWay = (sinceNewMailMs: number): boolean => sinceNewMailMs < LATELY_MS

/** For how long a reading that has worked so long lets others go first, in ms. */
export const restMs = (workedMs: number): number => Math.min(REST * workedMs, LONGEST_REST_MS)
