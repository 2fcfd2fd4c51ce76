import { noCrash } from '../../../webhook/crash-points.ts'
import { HOUR } from '../../../webhook/duration.ts'
import type { SubscriptionParts } from '../../../webhook/subscriptions/parts.ts'
import { Subscriptions } from '../../../webhook/subscriptions/subscriptions.ts'

export const ROOT_KEY = Buffer.alloc(32, 'a root key for tests')

type Given = Pick<
  SubscriptionParts,
  'providers' | 'subscriptionStore' | 'straySearches' | 'mailboxes' | 'folders' | 'queue' | 'clock'
>

/** Subscriptions of 72 hours that are renewed at two thirds to the minute. */
export const subscriptionsFor = (parts: Given & Partial<SubscriptionParts>): Subscriptions =>
  new Subscriptions({
    random: () => 0,
    sharers: () => 1,
    crash: noCrash,
    rootKey: ROOT_KEY,
    publicUrl: 'https://crm.example',
    lifeMs: 72 * HOUR,
    encryption: null,
    onForgotten: () => undefined,
    ...parts,
  })
