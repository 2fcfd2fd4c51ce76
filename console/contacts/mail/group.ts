import type { Email } from '../../../models/wire/email.ts'
import { isUnread } from '../../../ui/components/sightings.ts'

export type Conversation = {
  key: string
  /** Null: of before there were threads; then it is the one e-mail. */
  threadId: string | null
  /** The newest first, as far as they are loaded. */
  emails: readonly [Email, ...Email[]]
}

/** E-mails, newest first, as conversations: where its newest is, there each one stands. */
export function conversationsOf(emails: readonly Email[]): Conversation[] {
  const found = new Map<string, [Email, ...Email[]]>()
  const seen = new Set<string>()
  for (const email of emails) {
    if (seen.has(email.id)) continue
    seen.add(email.id)
    const key = email.threadId ?? email.id
    const known = found.get(key)
    if (known) known.push(email)
    else found.set(key, [email])
  }
  return [...found].map(([key, all]) => ({ key, threadId: all[0].threadId, emails: all }))
}

/** Everybody who wrote in it, each once, in the order of their latest mail. */
export function writersOf({ emails }: Conversation): string {
  const names = emails.map(({ from }) => (from ? from.name || from.address : 'Unknown sender'))
  return [...new Set(names)].join(', ')
}

/** Whether something in it is unread, as far as it is loaded. */
export const hasUnread = ({ emails }: Conversation): boolean => emails.some(isUnread)

/** Whether one of these e-mails, as they were loaded earlier, has become read or unread since. */
export function isOutdated(loaded: readonly Email[], { emails }: Conversation): boolean {
  const known = new Map(emails.map((email) => [email.id, isUnread(email)]))
  return loaded.some((email) => (known.get(email.id) ?? isUnread(email)) !== isUnread(email))
}

/** Whether they look the same: of the same e-mails, as they came. */
export const isSame = (one: Conversation, other: Conversation): boolean =>
  one.emails.length === other.emails.length &&
  one.emails.every((email, at) => email === other.emails[at])
