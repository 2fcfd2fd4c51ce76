import type {
  ChangeNotification,
  ChangeType,
  LifecycleEventType,
} from '@microsoft/microsoft-graph-types'
import type { Random } from '../../../random.ts'
import type { DeliveryKnobs } from '../../knobs.ts'
import type { MailChange } from '../../store/change.ts'
import type { StoredSubscription } from '../../subscriptions/subscription.ts'
import { encryptContent } from './encrypt.ts'

type Knobs = Pick<DeliveryKnobs, 'resourceStyle' | 'idShare' | 'richFlaw'>

/** One item of a notification about a message (graph-contract 2.1). */
export function changeNotification(
  change: MailChange,
  changeType: ChangeType,
  subscription: StoredSubscription,
  { random, knobs }: { random: Random; knobs: Knobs },
): ChangeNotification {
  const id = subscription.idType === 'immutable' ? change.immutableId : change.defaultId
  const resource = resourceName(styleOf(knobs.resourceStyle, random), {
    userId: change.userId,
    tenantId: subscription.tenantId,
    id,
  })
  const isRich =
    subscription.encryption !== undefined && changeType !== 'deleted' && change.after !== undefined
  return {
    ...(random.chance(knobs.idShare)
      ? { id: Buffer.from(random.bytes(12)).toString('base64url') }
      : {}),
    ...commonPart(subscription),
    changeType,
    resource,
    resourceData: {
      '@odata.type': isRich ? '#microsoft.graph.message' : '#Microsoft.Graph.Message',
      '@odata.id': resource,
      ...(changeType === 'deleted' ? {} : { '@odata.etag': change.etag }),
      id,
    },
    ...(isRich
      ? {
          encryptedContent: encrypted(richContent(change, subscription, id), subscription, {
            random,
            knobs,
          }),
        }
      : {}),
  }
}

/** An item of the lifecycle kind: no resource, no change type (graph-contract 2.3). */
export const lifecycleNotification = (
  lifecycleEvent: LifecycleEventType,
  subscription: StoredSubscription,
): ChangeNotification => ({ ...commonPart(subscription), lifecycleEvent })

const commonPart = (subscription: StoredSubscription): ChangeNotification => ({
  subscriptionId: subscription.id,
  subscriptionExpirationDateTime: subscription.expiresAt.toISOString().replace(/Z$/, '0000+00:00'),
  ...(subscription.clientState === undefined ? {} : { clientState: subscription.clientState }),
  tenantId: subscription.tenantId,
})

type Style = Exclude<DeliveryKnobs['resourceStyle'], 'mixed'>

const styleOf = (style: DeliveryKnobs['resourceStyle'], random: Random): Style =>
  style === 'mixed' ? random.pick<Style>(['slashes', 'tenant', 'quoted']) : style

/** The three spellings on record (graph-contract 2.1). */
function resourceName(
  style: Style,
  { userId, tenantId, id }: { userId: string; tenantId: string; id: string },
): string {
  switch (style) {
    case 'slashes':
      return `Users/${userId}/Messages/${id}`
    case 'tenant':
      return `users/${userId}@${tenantId}/messages/${id}`
    case 'quoted':
      return `Users('${userId}')/messages('${id}')`
  }
}

/** The selected properties only (graph-contract 2.4). */
function richContent(
  { after, etag }: MailChange,
  { target }: StoredSubscription,
  id: string,
): object {
  const wanted = (target.select ?? []).map((name) => name.toLowerCase())
  if (target.expand) wanted.push('singlevalueextendedproperties', 'multivalueextendedproperties')
  const selected = Object.entries(after ?? {}).filter(([name]) =>
    wanted.includes(name.toLowerCase()),
  )
  return {
    '@odata.type': '#microsoft.graph.message',
    '@odata.etag': etag,
    ...Object.fromEntries(selected),
    id,
  }
}

function encrypted(
  content: object,
  { encryption }: StoredSubscription,
  { random, knobs }: { random: Random; knobs: Knobs },
) {
  if (!encryption) return null
  const sealed = encryptContent(content, encryption, random.bytes(32))
  if (knobs.richFlaw === 'bad-signature')
    sealed.dataSignature = Buffer.from(random.bytes(32)).toString('base64')
  if (knobs.richFlaw === 'wrong-certificate-id')
    sealed.encryptionCertificateId = 'no-such-certificate'
  return sealed
}
