import type { ChangeType, Subscription } from '@microsoft/microsoft-graph-types'
import type { Caller } from '../http/route.ts'
import type { IdType } from '../store/mail-store.ts'

/** What a subscription listens to, with names resolved to ids at creation. */
export type SubscriptionTarget = {
  /** Object id of the mailbox's owner. */
  mailbox: string
  /** Absent: the whole mailbox. */
  folderId?: string
  filter?: string
  /** Property names of `$select`. */
  select?: readonly string[]
  /** `$expand` as sent. */
  expand?: string
}

export type EncryptionCertificate = { certificate: string; certificateId: string }

/** A subscription as the twin keeps it. `resource` and `changeType` stay as they were sent. */
export type StoredSubscription = {
  id: string
  appId: string
  tenantId: string
  /** The signed-in user who made it; absent when an app did. */
  userId?: string
  changeType: string
  changeTypes: readonly ChangeType[]
  resource: string
  target: SubscriptionTarget
  notificationUrl: string
  lifecycleNotificationUrl?: string
  notificationUrlAppId?: string
  clientState?: string
  tlsVersion: string
  expiresAt: Date
  /** When the token it was made or renewed with lapses; delivery pauses then (graph-contract 2.2). */
  authorizedUntil: Date
  /** Frozen at creation (graph-contract 1.2). */
  idType: IdType
  /** Present on subscriptions with resource data (graph-contract 2.4). */
  encryption?: EncryptionCertificate
  patchedAt?: Date
  reauthorizedAt?: Date
}

/** Same app and same identity: only the creator may change a subscription (graph-contract 9 #31). */
export const madeBy = (subscription: StoredSubscription, caller: Caller): boolean =>
  subscription.appId === caller.appId &&
  subscription.tenantId === caller.tenantId &&
  subscription.userId === caller.userId

/** List scope: a user sees his own, an app all of the tenant, `Subscription.Read.All` other apps' too (graph-contract 1.1). */
export function visibleTo(subscription: StoredSubscription, caller: Caller): boolean {
  if (subscription.tenantId !== caller.tenantId) return false
  if (caller.userId === undefined) return subscription.appId === caller.appId
  const seesAllApps = caller.permissions.includes('Subscription.Read.All')
  return (
    subscription.userId === caller.userId && (seesAllApps || subscription.appId === caller.appId)
  )
}

/** The same for Graph: changeType and resource of one app and identity; the URL makes no difference (graph-contract 1.6). */
export const twinKeyOf = (subscription: StoredSubscription): string => {
  const { appId, tenantId, userId, changeTypes, target } = subscription
  return JSON.stringify([appId, tenantId, userId, [...changeTypes].sort(), target])
}

/** The resource as Graph shows it (graph-contract 1.2). */
export type PresentedSubscription = Subscription & {
  '@odata.context'?: string
  notificationContentType: null
}

export function present(subscription: StoredSubscription): PresentedSubscription {
  return {
    id: subscription.id,
    resource: subscription.resource,
    applicationId: subscription.appId,
    changeType: subscription.changeType,
    clientState: subscription.clientState ?? null,
    notificationUrl: subscription.notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: subscription.lifecycleNotificationUrl ?? null,
    expirationDateTime: graphTime(subscription.expiresAt),
    // The service principal's own id is not known here; the app's id stands for it.
    creatorId: subscription.userId ?? subscription.appId,
    includeResourceData: subscription.encryption ? true : null,
    latestSupportedTlsVersion: subscription.tlsVersion,
    encryptionCertificate: subscription.encryption?.certificate ?? null,
    encryptionCertificateId: subscription.encryption?.certificateId ?? null,
    notificationUrlAppId: subscription.notificationUrlAppId ?? null,
    notificationContentType: null,
  }
}

/** The list hides the secret (graph-contract 1.1). */
export const presentInList = (subscription: StoredSubscription): PresentedSubscription => ({
  ...present(subscription),
  clientState: null,
})

/** Seven fraction digits, as Graph writes them (graph-contract 1.2). */
const graphTime = (date: Date) => date.toISOString().replace(/Z$/, '0000Z')
