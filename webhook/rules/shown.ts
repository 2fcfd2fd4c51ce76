import type { LedgerEntry } from '../../models/ledger-entry.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { DryRun } from '../../models/wire/rules.ts'
import type { EmailAccess } from '../crm/access/email-access.ts'
import type { Person } from '../crm/ports.ts'
import type { ProviderMessage } from '../provider/provider.ts'
import type { EmailStore } from '../store/email-store.ts'

export type ShownParts = {
  emails: Pick<EmailStore, 'findMany'>
  access: Pick<EmailAccess, 'levels'>
}

/** Who asks about which mailbox. */
export type Onlooker = { person: Person; mailbox: Mailbox }

type Looked = { message: ProviderMessage; was: Pick<LedgerEntry, 'emailId'> | undefined }
type Shown = Pick<DryRun['changes'][number], 'subject' | 'from' | 'emailId'>

const NOTHING: Shown = { subject: null, from: null, emailId: null }

/**
 * What of these messages somebody may be shown. Of the own mailbox: what lies in it. Of another's, which admins may try
 * rules on: what the CRM shows them of the e-mail anyway, so nothing of a message that is not in it.
 */
export async function shownTo(
  { emails, access }: ShownParts,
  { person, mailbox }: Onlooker,
  looked: readonly Looked[],
): Promise<(one: Looked) => Shown> {
  if (mailbox.ownerUserId === person.userId)
    return ({ message: { subject, from }, was }) => ({
      ...{ subject, from, emailId: was?.emailId ?? null },
    })
  const heads = await emails.findMany(looked.flatMap(({ was }) => was?.emailId ?? []))
  const levels = await access.levels(person, heads)
  const shown = new Map(
    heads.map(({ _id, subject, from }): [string, Shown] => {
      const level = levels.get(_id) ?? 'none'
      if (level === 'none') return [_id, NOTHING]
      return [_id, { from, emailId: _id, subject: level === 'metadata' ? null : subject }]
    }),
  )
  return ({ was }) => shown.get(was?.emailId ?? '') ?? NOTHING
}
