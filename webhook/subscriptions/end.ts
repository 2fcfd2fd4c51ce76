import type { Mailbox } from '../../models/mailbox.ts'
import type { Subscription } from '../../models/subscription.ts'
import { MINUTE } from '../duration.ts'
import { ProviderError } from '../errors.ts'
import { isGone, type Workshop } from './parts.ts'

/** A renewal or an ending that the provider refused is tried again after this. */
export const TRY_AGAIN_MS = 5 * MINUTE

/**
 * Ends a subscription at the provider, then its record. False when the provider refuses for now: the record stays, and
 * the renewal task tries again.
 */
export async function endSubscription(
  { providers, subscriptionStore, pace, clock, crash, onForgotten }: Workshop,
  { subscription, mailbox }: { subscription: Subscription; mailbox: Mailbox },
  signal: AbortSignal,
): Promise<boolean> {
  await pace.turn(mailbox.workspaceId, signal)
  const ended = await providers
    .forMailbox(mailbox)
    .unsubscribe(subscription._id, signal)
    .then(
      () => true,
      (error: unknown) => {
        if (error instanceof ProviderError) return isGone(error)
        throw error
      },
    )
  if (!ended) {
    await subscriptionStore.postpone(subscription, new Date(clock.now().getTime() + TRY_AGAIN_MS))
    return false
  }
  crash('subscription-ended-at-provider')
  await subscriptionStore.remove(subscription._id)
  onForgotten(subscription._id)
  return true
}
