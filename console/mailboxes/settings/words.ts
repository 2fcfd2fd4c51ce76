import type { MailboxSettings } from '../../../models/wire/mailbox.ts'

type Option<Key extends keyof MailboxSettings> = {
  value: MailboxSettings[Key]
  word: string
  /** What that means for people. */
  means: string
}

/** How often the folders are asked for new mail. */
export const FREQUENCIES: readonly Option<'pollEveryMinutes'>[] = [
  { value: null, word: 'In real time', means: 'Microsoft 365 rings when mail comes.' },
  { value: 5, word: 'Every 5 minutes', means: '' },
  { value: 15, word: 'Every 15 minutes', means: '' },
  { value: 60, word: 'Every hour', means: '' },
]

/** How much mail from before is read. */
export const WINDOWS: readonly Option<'windowDays'>[] = [
  { value: 0, word: 'None', means: 'Only mail that comes from then on.' },
  { value: 30, word: 'The last 30 days', means: '' },
  { value: 90, word: 'The last 90 days', means: '' },
  { value: 365, word: 'The last year', means: '' },
  { value: null, word: 'All of it', means: '' },
]

/** How much colleagues see of the mail that belongs to a contact. */
export const SHARINGS: readonly Option<'sharing'>[] = [
  { value: 'full', word: 'Everything', means: 'Colleagues read the whole mail and its files.' },
  {
    value: 'subject',
    word: 'Up to the subject',
    means: 'Who, when and the subject; not the text.',
  },
  { value: 'metadata', word: 'Who and when', means: 'Neither the subject nor the text.' },
  { value: 'private', word: 'Nothing', means: 'Nobody but its owner sees its mail.' },
]

export const windowWord = (days: number | null): string =>
  WINDOWS.find(({ value }) => value === days)?.word ?? `The last ${days} days`

/** Whether more history is read than before. */
export const isWider = (
  wanted: MailboxSettings['windowDays'],
  before: MailboxSettings['windowDays'],
): boolean => (wanted ?? Infinity) > (before ?? Infinity)
