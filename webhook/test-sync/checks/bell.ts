import type { Subscription } from '../../../models/subscription.ts'
import { ProviderError } from '../../errors.ts'
import { inWords } from '../../explain/words.ts'
import { failed, fine, skipped, warning, type Found } from '../decide/found.ts'
import { counted, type Check, type Trial } from '../trial.ts'

/** Whoever has folders asked at fixed times wants no notifications. */
function unwanted({ mailbox, watched }: Trial): Found | null {
  const { pollEveryMinutes } = mailbox.settings
  if (pollEveryMinutes !== null)
    return skipped('polled', `By choice the folders are asked every ${pollEveryMinutes} minutes.`)
  return watched.length === 0 ? NOTHING_WATCHED : null
}

export const NOTHING_WATCHED = skipped(
  'nothing-watched',
  'No folder is watched.',
  'Choose folders, then run the test again.',
)

/** Each watched folder has a subscription that lives, in our records and at the provider. What is lost is made anew. */
export const subscription: Check = async (trial, signal) => {
  const none = unwanted(trial)
  if (none) return none
  const { watched, provider, clock, subscriptionStore } = trial
  const [listed, records] = await Promise.all([
    provider.subscriptions(signal),
    subscriptionStore.ofMailbox(trial.mailbox._id),
  ])
  const now = clock.now()
  const isHeld = new Set(listed.map(({ subscriptionId }) => subscriptionId))
  const recordOf = new Map(records.map((record) => [record.folderId, record]))
  const alive = watched.flatMap(({ _id }) => {
    const record = recordOf.get(_id)
    return record && record.expiresAt > now && isHeld.has(record._id) ? [record] : []
  })
  if (alive.length === watched.length) return allAlive(alive, now)
  const living = new Set(alive.map(({ folderId }) => folderId))
  const lacking = watched.filter(({ _id }) => !living.has(_id))
  for (const { _id } of lacking) {
    const record = recordOf.get(_id)
    if (record) await trial.subscriptions.lost(record)
  }
  await trial.queue.soon(lacking.map(({ _id }) => _id))
  return warning(
    'subscription-missing',
    `Microsoft 365 announces new mail in ${alive.length} of ${counted(watched.length, 'folder')}.`,
    {
      fault: 'provider',
      todo: 'FlowCRM subscribes again now and asks every minute meanwhile. Test again in a minute.',
    },
  )
}

function allAlive(alive: Subscription[], now: Date): Found {
  const leftMs = Math.min(...alive.map(({ expiresAt }) => expiresAt.getTime())) - now.getTime()
  const what = counted(alive.length, 'subscription')
  return fine(
    'alive',
    `Microsoft 365 holds ${what}, one for each folder. FlowCRM renews them; the first would end in ${inWords(leftMs)}.`,
  )
}

/**
 * With the right to read alone nothing can be sent to make the provider ring. So it is made to knock: it asks for our
 * answer before it makes a subscription. And it is said when it last really rang.
 */
export const notification: Check = async (trial, signal) => {
  const none = unwanted(trial)
  if (none) return none
  const { provider, mailbox, clock, subscriptions } = trial
  const watchedIds = new Set(trial.watched.map(({ providerFolderId }) => providerFolderId))
  const free = (await provider.folders(signal))
    .filter(({ providerFolderId }) => !watchedIds.has(providerFolderId))
    .sort((one, other) => one.totalItemCount - other.totalItemCount)[0]
  const last = await trial.lastAnnounced(mailbox)
  const lately = last
    ? `It last announced a mail ${inWords(clock.now().getTime() - last.getTime())} ago.`
    : 'It has not announced a mail of late; that alone is no fault.'
  if (!free)
    return skipped('no-free-folder', `Every folder is watched, so none is free to try. ${lately}`)
  const from = clock.now().getTime()
  try {
    await subscriptions.probe(mailbox, free.providerFolderId, signal)
  } catch (error) {
    if (isUnanswered(error)) return UNREACHED
    throw error
  }
  const took = clock.now().getTime() - from
  return fine(
    'reached',
    `Microsoft 365 reached FlowCRM just now (handshake, ${took} ms). ${lately}`,
  )
}

/** The provider knocked and heard nothing, or not what it wants to hear (graph-contract 1.2). */
const isUnanswered = (error: unknown): boolean =>
  error instanceof ProviderError &&
  error.details.status === 400 &&
  error.details.providerCode?.toLowerCase() === 'validationerror'

const UNREACHED = failed(
  'not-reached',
  'Microsoft 365 could not reach FlowCRM at its public address, so it cannot announce new mail.',
  {
    fault: 'service',
    todo: 'Whoever runs FlowCRM must let Microsoft 365 reach it over HTTPS. Until then folders are asked every minute.',
  },
)
