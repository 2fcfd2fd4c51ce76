/** What an attachment is, as the provider lists it. */
export type Listed = { kind: 'file' | 'item' | 'reference'; name: string; size: number }

/** What is to be done about it. */
export type Judgement = 'fetch' | 'scanning' | 'over-limit' | 'reference'

/** How often a scanner is waited for: about two days. */
export const MOST_SCANS = 50

/**
 * What Safe Attachments hangs on a message while it looks at the real ones, by the two names that it has had. It is a
 * message of some hundred bytes; the real ones come under other ids (msgraph-sdk-dotnet#2416).
 */
const PLACEHOLDER = /^(?:ATP|Safe Attachments) Scan In Progress(?:\.eml)?$/i

/**
 * Pure. A placeholder that stays is stored as the file it is: people forward such mails, and then nothing comes any more.
 */
export function judge(
  { kind, name, size }: Listed,
  { limitBytes, scans }: { limitBytes: number; scans: number },
): Judgement {
  if (kind === 'reference') return 'reference'
  if (PLACEHOLDER.test(name.trim()) && scans < MOST_SCANS) return 'scanning'
  return size > limitBytes ? 'over-limit' : 'fetch'
}

/** Whether an e-mail has attachments: pictures in the text do not count as such with the provider (graph-contract 4.1). */
export const hasAny = ({
  hasAttachments,
  bodyHtml,
}: {
  hasAttachments: boolean
  bodyHtml: string
}) => hasAttachments || /\bcid:/i.test(bodyHtml)
