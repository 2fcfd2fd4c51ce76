import type { Connection } from 'mongoose'
import type { StoredAuditEntry } from '../../../models/audit-entry.ts'
import { emailModel, type Email } from '../../../models/email.ts'
import type { LedgerEntry } from '../../../models/ledger-entry.ts'
import type { Attachment, AttachmentStore } from '../../attachments/attachment-store.ts'
import type { AuditStore } from '../../audit/audit-store.ts'
import type { Place } from '../../contacts/cursor.ts'
import type { Contact } from '../../contacts/store/contact-store.ts'
import type { Suggestion } from '../../contacts/suggestions/suggestion-store.ts'
import type { Vault } from '../../keys/vault.ts'
import { openEmail } from '../../store/sealed-email.ts'
import type { IsTheirs, Subject } from '../subject.ts'
import type { EmailTrace, Traces } from '../traces.ts'

export type RecordParts = {
  db: Connection
  vault: Pick<Vault, 'of'>
  traces: Traces
  attachmentStore: AttachmentStore
  audits: AuditStore
}

/** E-mails read at once: one with 15 MB is the largest there is. */
const EMAILS_AT_ONCE = 20
const TRACES_AT_ONCE = 500

/** E-mails of a person with what hangs on them, newest first, a few at a time. */
export async function* emailsOf(
  { db, vault, traces, attachmentStore }: RecordParts,
  subject: Subject,
): AsyncGenerator<{ email: Email; attachments: Attachment[] }> {
  const { workspaceId } = subject
  for await (const page of pagesOf(traces, subject))
    for (let at = 0; at < page.length; at += EMAILS_AT_ONCE) {
      const ids = page.slice(at, at + EMAILS_AT_ONCE).map(({ _id }) => _id)
      const stored = await emailModel(db)
        .find({ _id: { $in: ids } })
        .sort({ receivedAt: -1, _id: -1 })
        .lean()
      const keys = await vault.of(workspaceId)
      for (const email of stored) {
        const attachments = await attachmentStore.of(workspaceId, email._id)
        yield { email: openEmail(keys, email), attachments }
      }
    }
}

/** Where their mail is, many at a time: finding a place takes a sort. */
async function* pagesOf(traces: Traces, subject: Subject): AsyncGenerator<EmailTrace[]> {
  let behind: Place | null = null
  for (;;) {
    const found: EmailTrace[] = await traces.emailsOf(subject, { limit: TRACES_AT_ONCE, behind })
    yield found
    const last = found.at(-1)
    if (!last || found.length < TRACES_AT_ONCE) return
    behind = { at: last.receivedAt, id: last._id }
  }
}

/** Accounts of their messages: of those stored, and of those left out. Each once. */
export async function* accountsOf(
  { traces }: RecordParts,
  subject: Subject,
): AsyncGenerator<LedgerEntry> {
  for await (const page of pagesOf(traces, subject))
    yield* await traces.accounts(page.flatMap(({ entryIds }) => entryIds))
  yield* traces.accountsLeftOut(subject)
}

/** What people did with these things. Oldest first. */
export async function* auditOf(
  { audits }: RecordParts,
  { workspaceId }: Subject,
  ids: ReadonlySet<string>,
): AsyncGenerator<StoredAuditEntry> {
  for await (const entry of audits.walk(workspaceId)) if (ids.has(entry.objectId)) yield entry
}

/** As which of its parties the person is in an e-mail. */
const rolesIn = (email: Email, isTheirs: IsTheirs): string[] =>
  (['from', 'sender', 'to', 'cc', 'bcc', 'replyTo'] as const).filter((role) =>
    [email[role]].flat().some((party) => party !== null && isTheirs(party.address)),
  )

/** An e-mail as the archive has it: what it says, when it was seen, and which files hang on it. */
export function presentExported(
  email: Email,
  { attachments, isTheirs }: { attachments: Attachment[]; isTheirs: IsTheirs },
) {
  const { _id: id, internetMessageId, inReplyTo, references, subject, preview } = email
  const { from, sender, to, cc, bcc, replyTo, sightings, isProtected } = email
  const { sentAt, receivedAt, bodyHtml } = email
  return {
    ...{ id, personIs: rolesIn(email, isTheirs), internetMessageId, inReplyTo, references },
    ...{ subject, preview, from, sender, to, cc, bcc, replyTo, sentAt, receivedAt, bodyHtml },
    ...(isProtected && { isProtected }),
    seen: sightings.map(({ via, since }) => ({ via, since })),
    attachments: attachments.map(({ position, name, contentType, size, kind, state, blobId }) => ({
      ...{ name, contentType, size, kind, state },
      file: blobId === null ? null : attachmentPath(id, position),
    })),
  }
}

export const attachmentPath = (emailId: string, position: number): string =>
  `attachments/${emailId}/${position}`

export const presentContact = ({ _id: id, name, jobTitle, phone, addresses, ...at }: Contact) => ({
  ...{ id, name, jobTitle, phone, addresses, createdAt: at.createdAt, updatedAt: at.updatedAt },
})

export const presentSuggestion = ({ name, address, lastAt }: Suggestion) => ({
  ...{ name, address, lastAt },
})

export const presentAccount = (entry: LedgerEntry) => {
  const { state, reason, emailId, receivedAt, seenAt, decidedAt, history } = entry
  return {
    ...{ state, reason, emailId, receivedAt, seenAt, decidedAt },
    history: history.map(({ at, kind, reason: why }) => ({ at, kind, reason: why })),
  }
}

/** Colleagues are people, too: what was done, and not by whom. */
export const presentAudit = ({ at, action, role, objectKind, objectId }: StoredAuditEntry) => ({
  ...{ at, action, role, object: { kind: objectKind, id: objectId } },
})
