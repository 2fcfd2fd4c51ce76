import { createHash, randomUUID } from 'node:crypto'
import type { StoredSubscription } from '../../sandbox/graph/subscriptions/subscription.ts'
import { tenants } from '../../sandbox/sign-in/directory.ts'
import { DAY } from '../../webhook/duration.ts'
import { ALICE_ID } from '../support/alice.ts'
import type { Inside } from '../support/inside.ts'

const TENANT = tenants.contoso.id
const SECRET = 'one shared secret for all witnesses, of the usual length'
const LONG_AGO = new Date(0)
const BATCH = 1_000
/** Nobody reads a witness's name. */
const NO_NAME = Buffer.alloc(1)

/** What a notification must say to be believed. */
export type Bell = Pick<StoredSubscription, 'id' | 'tenantId'> & {
  clientState?: string | undefined
}

/** A notification about a new message, as Graph writes it: about 900 bytes. */
export function bodyOf({ id, tenantId, clientState }: Bell): string {
  const messageId = 'AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A'.padEnd(152, 'x')
  const resource = `Users/${ALICE_ID}/Messages/${messageId}`
  const value = {
    subscriptionId: id,
    subscriptionExpirationDateTime: '2026-11-28T09:00:00.0000000+00:00',
    ...{ clientState, tenantId, resource },
    changeType: 'created',
    resourceData: {
      '@odata.type': '#Microsoft.Graph.Message',
      '@odata.id': resource,
      '@odata.etag': 'W/"CQAAABYAAADkrWGo7bouTKlsgTZMr9KwAAAUWRHf"',
      id: messageId,
    },
  }
  return JSON.stringify({ value: [value] })
}

/**
 * Folders that nobody watches and that are rung for once each: whether a mark was kept can be read off every one of them.
 * Their passes would say nothing here, so none is ever run.
 */
export async function addWitnesses(inside: Inside, count: number): Promise<Bell[]> {
  const now = new Date()
  const later = new Date(now.getTime() + DAY)
  const owner = { workspaceId: TENANT, mailboxId: 'witness', providerUserId: ALICE_ID }
  const clientStateHash = createHash('sha256').update(SECRET).digest('base64url')
  const ids = Array.from({ length: count }, () => randomUUID())
  for (let at = 0; at < count; at += BATCH) {
    const batch = ids.slice(at, at + BATCH)
    await inside.folders.insertMany(
      batch.map((_id) => ({
        ...{ _id, ...owner, providerFolderId: _id, watched: false },
        sealed: { version: 1, dataKey: NO_NAME, fields: { displayName: NO_NAME } },
        ...{ dirtySeq: 0, doneSeq: 0, dueAt: later, lease: { until: LONG_AGO } },
      })),
    )
    await inside.subscriptions.insertMany(
      batch.map((_id) => ({
        ...{ _id, ...owner, folderId: _id, clientStateHash },
        ...{ createdAt: now, renewedAt: now, expiresAt: later, renewAt: later },
      })),
    )
  }
  return ids.map((id) => ({ id, tenantId: TENANT, clientState: SECRET }))
}
