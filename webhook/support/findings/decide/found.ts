import type { FindingCode } from '../../../../models/wire/health/findings.ts'

/** What was found, before it has names: those belong to whoever may see them. */
export type Found = {
  code: FindingCode
  severity: 'warning' | 'info'
  mailboxId: string
  folderId: string | null
  since: Date | null
  askedAt: Date | null
  sentence: string
  todo: string | null
}

/** "Inbox", "Inbox and Sent Items", "Inbox, Sent Items and Offers". */
export const listed = (words: readonly string[]): string =>
  words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`
