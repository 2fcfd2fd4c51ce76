import { createHash, timingSafeEqual } from 'node:crypto'
import type { Subscription } from '../../models/subscription.ts'
import type { Notification } from './schema.ts'

/**
 * Is this item from the Graph we subscribed with? Only `clientState` shows it (reliability 0.3); compared in constant
 * time, as hashes, so that neither length nor prefix can be measured. Tenant and mailbox must be those of our own record.
 */
export function isGenuine(item: Notification, subscription: Subscription): boolean {
  const given = createHash('sha256').update(item.clientState).digest()
  const expected = Buffer.from(subscription.clientStateHash, 'base64url')
  const sameSecret = given.length === expected.length && timingSafeEqual(given, expected)
  return sameSecret && isOfTenant(item, subscription) && isOfMailbox(item, subscription)
}

const isOfTenant = ({ tenantId }: Notification, { workspaceId }: Subscription) =>
  tenantId === undefined || tenantId.toLowerCase() === workspaceId.toLowerCase()

/** `Users/{id}/…`, `users/{id}@{tenant}/…` or `Users('id')/…` (graph-contract 2.1). Lifecycle items name no resource. */
const userOfResource = /^\/?users(?:\/|\(')([^/@')]+)/i

function isOfMailbox({ resource }: Notification, { providerUserId }: Subscription): boolean {
  const user = resource === undefined ? undefined : userOfResource.exec(resource)?.[1]
  // A mailbox known by its address alone cannot be compared with the object id that Graph names.
  if (user === undefined || providerUserId.includes('@')) return true
  return user.toLowerCase() === providerUserId.toLowerCase()
}
