import { short, trueMailboxOf, type EmailDoc, type Facts } from './store-view.ts'

/** Whether every e-mail is there once, is ours, and was seen where it says. */
export function emailFaults(facts: Facts): string[] {
  return [...duplicates(facts.emails), ...facts.emails.flatMap((email) => ownFaults(facts, email))]
}

/** One message, one e-mail: the same Message-ID from the same sender must not be there twice. */
function duplicates(emails: EmailDoc[]): string[] {
  const seen = new Map<string, number>()
  for (const { workspaceId, internetMessageId, from } of emails)
    if (internetMessageId !== null) {
      const sender = from?.address.trim().toLowerCase() ?? ''
      const identity = `${workspaceId} ${internetMessageId.trim()} ${sender}`
      seen.set(identity, (seen.get(identity) ?? 0) + 1)
    }
  return [...seen]
    .filter(([, count]) => count > 1)
    .map(([identity, count]) => `twice: ${count} e-mails are ${identity}`)
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
