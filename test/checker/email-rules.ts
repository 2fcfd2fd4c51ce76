import {
  short,
  trueMailboxOf,
  type EmailDoc,
  type Facts,
  type MailboxDoc,
  type WriteBackDoc,
} from './store-view.ts'

/** Whether every e-mail is there once, is ours, and was seen where it says. */
export function emailFaults(facts: Facts): string[] {
  return [
    ...duplicates(facts.emails),
    ...facts.emails.flatMap((email) => ownFaults(facts, email)),
    ...unexplained(facts),
  ]
}

/** E-mails that were seen as a message which no account names: nobody could say why they are here. */
function unexplained({ emails, entries }: Facts): string[] {
  const named = new Set(entries.map(({ mailboxId, messageId }) => `${mailboxId} ${messageId}`))
  return emails.flatMap(({ subject, sightings }) =>
    sightings
      .filter(
        ({ via, mailboxId, messageId }) =>
          via === 'sync' && !named.has(`${mailboxId} ${messageId}`),
      )
      .map(({ messageId }) => `unexplained: no account names ${short(messageId)} of "${subject}"`),
  )
}

/** Two sendings of one Message-ID are further apart than this. */
const ONE_SENDING_MS = 120_000

/** One message, one e-mail: the same Message-ID from the same sender must not be there twice, unless it was sent twice. */
function duplicates(emails: EmailDoc[]): string[] {
  const byIdentity = new Map<string, EmailDoc[]>()
  for (const email of emails)
    if (email.internetMessageId !== null) {
      const sender = email.from?.address.trim().toLowerCase() ?? ''
      const identity = `${email.workspaceId} ${email.internetMessageId.trim()} ${sender}`
      byIdentity.set(identity, [...(byIdentity.get(identity) ?? []), email])
    }
  return [...byIdentity]
    .map(([identity, copies]) => [identity, sentAsOne(copies)] as const)
    .filter(([, count]) => count > 1)
    .map(([identity, count]) => `twice: ${count} e-mails are ${identity}`)
}

/** How many of these e-mails say the same of when they were sent; one that does not say is any. */
function sentAsOne(copies: EmailDoc[]): number {
  const isNear = (one: EmailDoc, other: EmailDoc) =>
    !one.sentAt ||
    !other.sentAt ||
    Math.abs(one.sentAt.getTime() - other.sentAt.getTime()) <= ONE_SENDING_MS
  return Math.max(...copies.map((one) => copies.filter((other) => isNear(one, other)).length))
}

function ownFaults(facts: Facts, email: EmailDoc): string[] {
  const { workspaceId, truth } = facts
  const what = `the e-mail "${email.subject}"`
  const faults: string[] = []
  if (email.workspaceId !== workspaceId) faults.push(`wrong: ${what} is in another workspace`)
  if (email.sightings.length === 0) faults.push(`wrong: nobody ever saw ${what}`)
  if (new Set(email.sightings.map(({ key }) => key)).size < email.sightings.length)
    faults.push(`twice: ${what} has the same sighting twice`)
  for (const { via, mailboxId, messageId } of email.sightings) {
    if (via !== 'sync') continue
    const owner = trueMailboxOf(facts, mailboxId)
    const there = owner?.messages.get(messageId ?? '')
    const elsewhere = [...truth.values()].some(
      (other) => other !== owner && other.messages.has(messageId ?? ''),
    )
    if (!owner || elsewhere)
      faults.push(`wrong: ${what} was seen as ${short(messageId)} in the wrong mailbox`)
    if (there && there.internetMessageId !== email.internetMessageId)
      faults.push(`wrong: ${what} counts ${short(messageId)} as its own, which is another message`)
  }
  return faults
}

/**
 * Whether what is in the CRM bears our category in each mailbox that goes both ways, once; and nothing else does, but for
 * copies of it where there are any.
 */
export function markFaults(facts: Facts): string[] {
  return facts.mailboxes.flatMap((mailbox) => faultsIn(facts, mailbox))
}

function faultsIn(
  { bothWays, areCopied = false, emails, writeBacks = [], ...facts }: Facts,
  { _id }: MailboxDoc,
): string[] {
  const owner = trueMailboxOf(facts, _id)
  if (!owner || !bothWays?.has(owner.address)) return []
  const seen = new Set(
    emails
      .flatMap(({ sightings }) => sightings)
      .flatMap(({ via, mailboxId, messageId }) =>
        via === 'sync' && mailboxId === _id && messageId !== null ? [messageId] : [],
      ),
  )
  const original = new Set(
    emails
      .filter(({ sightings }) => sightings.some(({ messageId }) => seen.has(messageId ?? '')))
      .map(({ internetMessageId }) => internetMessageId),
  )
  return [...owner.messages.values()].flatMap(({ messageId, internetMessageId, categories }) => {
    const marks = categories.filter((one) => one === 'FlowCRM').length
    if (marks === Number(seen.has(messageId))) return []
    if (areCopied && marks === 1 && original.has(internetMessageId)) return []
    const what = seen.has(messageId) ? 'in the CRM' : 'not in the CRM'
    const known = writeBacks.find((one) => one.mailboxId === _id && one.messageId === messageId)
    const standing = known ? `; ${standingOf(known)}` : ''
    const times = `is marked ${marks} times${standing}`
    return [`marks: the message ${short(messageId)} is ${what}, and ${times}`]
  })
}

const standingOf = ({ attempts, lastErrorCode, dueAt, markedAt }: WriteBackDoc): string =>
  `${attempts} tries in vain (${lastErrorCode ?? 'no failure'}), next at ${dueAt.toISOString()}, ${markedAt ? 'marked' : 'not marked'}`
