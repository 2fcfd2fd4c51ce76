import type { ChangeNotification } from '@microsoft/microsoft-graph-types'
import type { StoredSubscription } from '../subscriptions/subscription.ts'

/** One item on its way to an endpoint. The subscription is the live one: a PATCH of its URL redirects the parcel. */
export type Parcel = {
  kind: 'change' | 'lifecycle'
  subscription: StoredSubscription
  item: ChangeNotification
  /** Sent although the subscription is gone: the news that it is (graph-contract 2.3). */
  farewell?: true
}

export const urlOf = ({ kind, subscription }: Parcel): string =>
  kind === 'lifecycle'
    ? (subscription.lifecycleNotificationUrl ?? subscription.notificationUrl)
    : subscription.notificationUrl
