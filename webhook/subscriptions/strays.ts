import type { Mailbox } from '../../models/mailbox.ts'
import type { StraySearch } from '../../models/stray-search.ts'
import { DAY, MINUTE } from '../duration.ts'
import { mayBeAsked, wantsSubscription } from './decide/fate.ts'
import { endSubscription } from './end.ts'
import { isGone, refusedForNow, type Workshop } from './parts.ts'

/** Another instance may be about to record what we do not know: a suspect is looked at again after this. */
const SECOND_LOOK_MS = 10 * MINUTE
const MAILBOXES_AT_ONCE = 2
const STRAYS_AT_ONCE = 50

/**
 * Now and then, a few mailboxes at a time: ends the subscriptions of folders that are no longer watched, and deletes
 * those that ring here, that no record knows, and that none knew at the last look either.
 */
export async function searchStrays(workshop: Workshop, signal: AbortSignal): Promise<void> {
  const { straySearches, mailboxes, clock } = workshop
  for (let made = 0; made < MAILBOXES_AT_ONCE && !signal.aborted; made++) {
    const now = clock.now()
    const search = await straySearches.claim(now, new Date(now.getTime() + SECOND_LOOK_MS))
    if (!search) return
    const mailbox = await mailboxes.find(search._id)
    const suspects =
      mailbox && mayBeAsked(mailbox) ? await look(workshop, { mailbox, search }, signal) : []
    if (suspects)
      await straySearches.settle(search._id, { suspects, dueAt: nextLook(workshop, suspects) })
  }
}

/** Who is suspected now; null when the provider refused, and the search stays due as claimed. */
async function look(
  workshop: Workshop,
  { mailbox, search }: { mailbox: Mailbox; search: StraySearch },
  signal: AbortSignal,
): Promise<string[] | null> {
  const { providers, subscriptionStore, urls } = workshop
  await endUnwanted(workshop, mailbox, signal)
  const provider = providers.forMailbox(mailbox)
  const listed = await provider.subscriptions(signal).catch(refusedForNow)
  if (!listed) return null
  const ours = listed.filter(({ notificationUrl }) => urls.isOurs(notificationUrl))
  const ids = ours.map(({ subscriptionId }) => subscriptionId)
  const known = new Set((await subscriptionStore.findMany(ids)).map(({ _id }) => _id))
  const unknown = ids.filter((id) => !known.has(id))
  const strays = unknown.filter((id) => search.suspects.includes(id)).slice(0, STRAYS_AT_ONCE)
  for (const stray of strays) {
    await workshop.pace.turn(mailbox.workspaceId, signal)
    await provider
      .unsubscribe(stray, signal)
      .catch((error: unknown) => isGone(error) || refusedForNow(error))
  }
  return unknown.filter((id) => !strays.includes(id))
}

/** What an unwatching could not finish. */
async function endUnwanted(workshop: Workshop, mailbox: Mailbox, signal: AbortSignal) {
  for (const subscription of await workshop.subscriptionStore.ofMailbox(mailbox._id)) {
    const folder = await workshop.folders.find(subscription.folderId)
    if (folder && wantsSubscription(folder, mailbox)) continue
    await endSubscription(workshop, { subscription, mailbox }, signal)
  }
}

const nextLook = ({ clock, random }: Workshop, suspects: string[]): Date => {
  const inMs = suspects.length > 0 ? SECOND_LOOK_MS : DAY * (0.9 + 0.2 * random())
  return new Date(clock.now().getTime() + inMs)
}
