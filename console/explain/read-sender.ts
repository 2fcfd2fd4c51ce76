import { z } from 'zod'
import type { Reference } from './read-reference.ts'

/** As they are written: an address, a local date and time, and minutes. */
export type SenderFields = { from: string; around: string; within: string }

/** Asks by who sent the mail, and about when it came; the time is the reader's own. */
export function readSender({ from, around, within }: SenderFields): Reference {
  const address = z.email().safeParse(from.trim())
  if (!address.success) return { problem: 'Write the whole address, such as carol@customer.com.' }
  const at = new Date(around)
  if (Number.isNaN(at.getTime())) return { problem: 'Say about when it was received.' }
  return {
    question: {
      from: address.data,
      around: at.toISOString(),
      withinMinutes: Number(within),
    },
  }
}
