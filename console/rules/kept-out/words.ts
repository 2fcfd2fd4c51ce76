import type { KeptOutPage } from '../../../models/wire/rules/kept-out.ts'

export type Conversation = KeptOutPage['conversations'][number]

/** What a conversation is called: its subject, else when it was kept out. An id says nothing to anybody. */
export function conversationName({ subject, since }: Conversation, dayOf: (iso: string) => string) {
  if (subject !== null) return subject.trim() || 'No subject'
  return since === null ? 'A conversation kept out' : `A conversation kept out on ${dayOf(since)}`
}

export function countWords(count: number): string {
  if (count === 0)
    return 'No conversation is kept out. To keep one out, open a mail of it in Outlook and choose “Keep this conversation out” in the pane.'
  const conversations = count === 1 ? 'conversation is' : 'conversations are'
  return `${count.toLocaleString()} ${conversations} kept out. Their subjects are looked up in the mailbox, for its owner alone.`
}
