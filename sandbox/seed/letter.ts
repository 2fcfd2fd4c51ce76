import type { Address, Attachment, MimeMail, Part } from './mime-builder.ts'
import type { Person } from './people.ts'
import type { When } from './when.ts'

/** How one mailbox keeps its copy, where that is not the ordinary way (read, unflagged, Inbox or Sent Items). */
export type Filing = {
  folder?: readonly string[]
  unread?: true
  flagged?: true
  categories?: readonly string[]
}

/** What an author writes down about one mail. */
export type Draft = {
  at: When
  from: Person
  to?: readonly Address[]
  cc?: readonly Address[]
  bcc?: readonly Address[]
  /** Left out: "RE: " and the subject of the conversation. */
  subject?: string
  /** Which mail of the conversation this answers, counted from 0; left out: the one before. */
  answers?: number
  text: string
  /** HTML after the text's paragraphs, for pictures and tables. */
  below?: string
  /** A whole HTML body instead, as newsletters have. */
  html?: string
  /** Made when the mail is written; `now` is for what has dates in it. */
  attachments?: (now: Date) => readonly Attachment[]
  headers?: Readonly<Record<string, string>>
  /** For senders who give the same id twice. */
  messageId?: string
  calendar?: (now: Date) => NonNullable<MimeMail['calendar']>
  /** A body of one's own instead of text and attachments. */
  body?: (now: Date) => Part
  protect?: NonNullable<MimeMail['protect']>
  /** Breaks the finished bytes, as some senders do. */
  spoil?: (mime: string) => string
  isDraft?: true
  filed?: Partial<Record<'alice' | 'bob' | 'sales' | 'admin', Filing>>
  /** Mailboxes that hold a copy without being named in it: lists, Bcc. */
  alsoTo?: readonly Address[]
}

/** A mail that knows its subject and its place in the conversation. */
export type Letter = Draft & {
  /** Names it among all letters, such as 'northwind-rollout/2'. */
  key: string
  subject: string
  parent?: Letter
}

/** Tells a conversation: the first mail opens it, each other one answers the one before unless it says otherwise. */
export function conversation(name: string, subject: string, drafts: readonly Draft[]): Letter[] {
  const letters: Letter[] = []
  for (const [index, draft] of drafts.entries()) {
    const parent = letters[draft.answers ?? index - 1]
    letters.push({
      ...draft,
      key: `${name}/${index}`,
      subject: draft.subject ?? (parent ? `RE: ${subject}` : subject),
      ...(parent && { parent }),
    })
  }
  return letters
}

/** Mails that belong to no conversation. */
export const singles = (name: string, drafts: readonly (Draft & { subject: string })[]): Letter[] =>
  drafts.map((draft, index) => ({ ...draft, key: `${name}/${index}` }))
