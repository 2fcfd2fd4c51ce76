import type { Retention } from '../../../models/wire/ending/ending.ts'

export const whenGoneChoices = ['keep', 'mark', 'remove'] as const satisfies Retention['whenGone'][]

/** What becomes of a mailbox's e-mail when its message is gone there. */
export const WHEN_GONE: Record<Retention['whenGone'], string> = {
  keep: 'The e-mail stays in the CRM',
  mark: 'The e-mail stays, and is marked as gone',
  remove: 'The e-mail is removed, too',
}

export const keptWords = (days: number | null): string =>
  days === null
    ? 'Mail is kept for ever.'
    : `Mail is kept for ${dayWords(days)} after it was received.`

export const dayWords = (days: number): string =>
  days === 1 ? 'one day' : `${days.toLocaleString()} days`
