import type { ErasureFigures } from '../../../models/wire/people/erasure.ts'

/** One of them, and several. */
const WORDS: Record<keyof ErasureFigures, readonly [string, string]> = {
  emails: ['e-mail', 'e-mails'],
  attachments: ['file of an e-mail', 'files of e-mails'],
  ledgerEntries: [
    'account of a message, emptied of what leads to the person',
    'accounts of messages, emptied of what leads to the person',
  ],
  contactsDeleted: ['contact', 'contacts'],
  contactsChanged: [
    'contact that keeps its other addresses',
    'contacts that keep their other addresses',
  ],
  suggestions: ['suggested contact', 'suggested contacts'],
  merges: ['merge that cannot be undone any more', 'merges that cannot be undone any more'],
  pins: ['correction of whom an e-mail belongs to', 'corrections of whom an e-mail belongs to'],
  followUps: ['note, task, stage or meeting', 'notes, tasks, stages and meetings'],
}

/** "12 e-mails", "1 contact": each that there is. */
export function figureLines(figures: ErasureFigures): string[] {
  return Object.entries(WORDS).flatMap(([name, words]) => {
    const count = figures[name as keyof ErasureFigures] ?? 0
    return count > 0 ? [countWords(count, words)] : []
  })
}

export const countWords = (count: number, [one, several]: readonly [string, string]): string =>
  `${count.toLocaleString()} ${count === 1 ? one : several}`
