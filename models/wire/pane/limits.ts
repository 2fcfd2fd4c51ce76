/**
 * What pages need to know before they parse an answer. It stands apart from the schemas, as it takes a page's start to
 * make those.
 */

/** A list of e-mails is counted no further, as that takes longer than to read it: a total above this says "or more". */
export const MOST_COUNTED = 10_000

/** Longest body the pane may send; Outlook's own setter stops at 1 MB characters (outlook-addin 2.8). */
export const MAX_BODY_CHARS = 1_000_000

/** The header line that a draft carries its choice's id in; it goes to the recipients, and tells them nothing. */
export const CHOICE_HEADER = 'x-flowcrm-choice'
