/** One reason: which state it explains, and one sentence for people. */
export type Reason = {
  state: 'pending' | 'stored' | 'excluded' | 'failed' | 'gone'
  sentence: string
}

/** The catalogue of reasons (product 4.1), as far as the service gives them today. Codes are stable. */
export const reasons = {
  new: { state: 'stored', sentence: 'Stored as a new e-mail.' },
  'duplicate-of': {
    state: 'stored',
    sentence: 'The CRM had this e-mail; this copy was added to it.',
  },
  draft: { state: 'excluded', sentence: 'Drafts are not stored until they are sent.' },
  malformed: {
    state: 'failed',
    sentence: 'The mailbox gave this message in a form that cannot be read.',
  },
  'deleted-in-mailbox': { state: 'gone', sentence: 'The message was deleted in the mailbox.' },
  'moved-out': {
    state: 'gone',
    sentence: 'The message was moved to a folder that is not watched.',
  },
} satisfies Record<string, Reason>

export type ReasonCode = keyof typeof reasons
