import {
  short,
  trueMailboxOf,
  type EmailDoc,
  type EntryDoc,
  type Facts,
  type FolderDoc,
  type MailboxDoc,
} from './store-view.ts'
import type { TrueMailbox, TrueMessage } from './truth.ts'

const DAY_MS = 86_400_000
/** States that say "this message is in this folder now". */
const HERE = ['pending', 'stored', 'excluded', 'failed']

type Books = {
  entries: Map<string, EntryDoc[]>
  emails: Map<string, EmailDoc>
}

/** Whether the ledger tells the truth about every watched folder, in both directions. */
export function ledgerFaults(facts: Facts): string[] {
  const entries = new Map<string, EntryDoc[]>()
  for (const entry of facts.entries)
    entries.set(keyOf(entry), [...(entries.get(keyOf(entry)) ?? []), entry])
  const books = { entries, emails: new Map(facts.emails.map((email) => [email._id, email])) }
  return [
    ...[...entries.values()].flatMap(countedTwice),
    ...facts.mailboxes.flatMap((mailbox) => mailboxFaults(facts, mailbox, books)),
    ...facts.entries.flatMap((entry) => strangerFaults(facts, entry)),
  ]
}

function mailboxFaults(facts: Facts, mailbox: MailboxDoc, books: Books): string[] {
  const truth = trueMailboxOf(facts, mailbox._id)
  if (!truth) return [`mailbox ${mailbox._id} belongs to nobody Microsoft 365 knows`]
  const watched = facts.folders.filter(
    (folder) => folder.mailboxId === mailbox._id && folder.watched,
  )
  const lost = watched.flatMap((folder) =>
    [...truth.messages.values()]
      .filter(({ folderId }) => folderId === folder.providerFolderId)
      .flatMap((message) => accountFaults({ mailbox, folder, message }, books)),
  )
  const surplus = watched.flatMap((folder) => surplusFaults(facts, folder, truth))
  return [...lost, ...surplus]
}

type Place = { mailbox: MailboxDoc; folder: FolderDoc; message: TrueMessage }

/** A message lies in a watched folder: exactly one entry must say so, and the e-mail must be there. */
function accountFaults({ mailbox, folder, message }: Place, { entries, emails }: Books): string[] {
  const what = `"${message.subject}" (${short(message.messageId)}) in ${folder.displayName}`
  const [entry] = entries.get(keyOf({ mailboxId: mailbox._id, messageId: message.messageId })) ?? []
  if (!entry) return [`lost: ${what} is not in the ledger`]
  if (entry.folderId !== folder._id)
    return [`wrong: the ledger has ${what} in another folder, as ${wordsOf(entry)}`]
  if (message.isDraft)
    return entry.state === 'excluded' && entry.reason === 'draft'
      ? []
      : [`wrong: the draft ${what} is ${wordsOf(entry)}`]
  if (isBeforeWindow({ mailbox, folder, message }) && entry.reason === 'older-than-window')
    return []
  const isTold = message.isProtected
    ? wordsOf(entry) === 'failed (protected)'
    : entry.state === 'stored'
  if (!isTold) return [`lost: ${what} is ${wordsOf(entry)}${triesOf(entry)}`]
  const email = emails.get(entry.emailId ?? '')
  if (!email) return [`lost: ${what} is called stored, and its e-mail is not there`]
  return sightingFaults({ mailbox, folder, message }, email).map((fault) => `${fault}: ${what}`)
}

function sightingFaults({ mailbox, folder, message }: Place, email: EmailDoc): string[] {
  const mine = email.sightings.filter(
    ({ mailboxId, messageId }) => mailboxId === mailbox._id && messageId === message.messageId,
  )
  if (mine.length !== 1) return [`wrong: its e-mail has ${mine.length} sightings of it`]
  if (mine[0]?.folderId !== folder._id) return ['wrong: its sighting names another folder']
  if (email.internetMessageId !== message.internetMessageId)
    return [`wrong: its e-mail is another message, ${String(email.internetMessageId)}`]
  return []
}

/** An entry says "here", and the message is not there. */
function surplusFaults({ entries }: Facts, folder: FolderDoc, truth: TrueMailbox): string[] {
  return entries
    .filter(({ folderId, state }) => folderId === folder._id && HERE.includes(state))
    .filter(({ messageId }) => truth.messages.get(messageId)?.folderId !== folder.providerFolderId)
    .map(
      (entry) =>
        `surplus: ${short(entry.messageId)} is ${wordsOf(entry)} in ${folder.displayName}, and not there`,
    )
}

/** Entries of another workspace, or of a mailbox that never held the message. */
function strangerFaults(facts: Facts, entry: EntryDoc): string[] {
  const { truth, workspaceId } = facts
  const owner = trueMailboxOf(facts, entry.mailboxId)
  if (!owner) return [`wrong: ${short(entry.messageId)} is of a mailbox that is not connected`]
  if (entry.workspaceId !== workspaceId)
    return [`wrong: ${short(entry.messageId)} is in the workspace ${entry.workspaceId}`]
  const holder = [...truth.values()].find(({ messages }) => messages.has(entry.messageId))
  return !holder || holder === owner
    ? []
    : [`wrong: ${short(entry.messageId)} is in the ledger of another person's mailbox`]
}

const countedTwice = (entries: EntryDoc[]): string[] =>
  entries.length === 1
    ? []
    : [`twice: ${short(entries[0]?.messageId ?? null)} has ${entries.length} ledger entries`]

function isBeforeWindow({ mailbox, folder, message }: Place): boolean {
  const days = mailbox.settings?.windowDays ?? null
  const { startedAt = null } = folder.backfill
  if (days === null || startedAt === null) return false
  return message.receivedAt.getTime() < startedAt.getTime() - days * DAY_MS
}

const keyOf = ({ mailboxId, messageId }: Pick<EntryDoc, 'mailboxId' | 'messageId'>) =>
  `${mailboxId} ${messageId}`

const wordsOf = ({ state, reason }: EntryDoc) => `${state} (${reason})`

/** What is still to be tried says when. */
const triesOf = ({ state, attempts, retryAt }: EntryDoc) =>
  state === 'pending' ? `, tried in vain ${attempts} times, again at ${retryAt?.toISOString()}` : ''
