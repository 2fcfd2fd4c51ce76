import type { LedgerEntry } from '../../models/ledger-entry.ts'
import { emailIdOf, type SeenEmail } from '../store/email-store.ts'
import type { Withdrawal } from '../store/sighting-store.ts'
import { isInCrm } from './decide/reasons.ts'
import type { PageContext } from './page/page-context.ts'
import { entryIdOfSighting, sightingKeyOf } from '../store/emails/sighting-key.ts'

type Known = Pick<LedgerEntry, 'messageId' | 'emailId'>

/**
 * What becomes of a mailbox's copies when their messages are gone there: the workspace chooses (product 4.1). Before the
 * ledger says that they are, so that a crash repeats it.
 */
export async function whenGone(
  context: Pick<PageContext, 'rules' | 'mailbox' | 'clock'> & Taking,
  gone: readonly (Known | undefined)[],
): Promise<void> {
  const { rules, sightings, mailbox, clock } = context
  if (rules.whenGone === 'keep') return
  const copies = gone.flatMap((entry) =>
    entry?.emailId
      ? [{ emailId: entry.emailId, key: sightingKeyOf(mailbox._id, entry.messageId) }]
      : [],
  )
  if (rules.whenGone === 'mark') await sightings.gone(copies, clock.now())
  else await withdraw(context, copies)
}

type Taking = Pick<
  PageContext,
  'sightings' | 'room' | 'mailbox' | 'attachmentQueue' | 'writeBackQueue'
>

/** These copies are to be seen no more. What nobody else sees is removed. */
export async function withdraw(
  { sightings, room, mailbox, attachmentQueue, writeBackQueue }: Taking,
  copies: Withdrawal[],
): Promise<void> {
  const removed = await sightings.withdraw(copies)
  await writeBackQueue.again(copies.flatMap(({ key }) => entryIdOfSighting(key) ?? [])) // a crash before is repeated by the page
  if (removed.length === 0) return
  await attachmentQueue.again(removed) // finds no e-mail, and lets go of what hung on it
  await room.removed(mailbox.workspaceId, removed.length)
}

/** Messages that were accounted for otherwise, and are stored now: none of their sightings is gone any more. */
export async function cameBack(
  { sightings }: Pick<PageContext, 'sightings'>,
  cases: readonly { was: Pick<LedgerEntry, 'state' | 'reason'> | undefined }[],
  seen: readonly SeenEmail[],
): Promise<void> {
  const back = seen.filter((_one, at) => cases[at]?.was && !isInCrm(cases[at].was))
  await sightings.gone(
    back.map(({ workspaceId, identity, sighting }) => ({
      ...{ emailId: emailIdOf(workspaceId, identity), key: sighting.key },
    })),
    null,
  )
}
