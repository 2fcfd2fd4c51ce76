import type { Connection } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ledgerEntryModel } from '../../../models/ledger-entry.ts'
import { VirtualClock } from '../../../sandbox/clock.ts'
import { DatabaseServer } from '../../../sandbox/database/server.ts'
import type { Vault } from '../../../webhook/keys/vault.ts'
import type { Blind } from '../../../webhook/keys/workspace-keys.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { EmailStore } from '../../../webhook/store/email-store.ts'
import { FolderStore } from '../../../webhook/store/folder-store.ts'
import { LedgerStore } from '../../../webhook/store/ledger-store.ts'
import { FolderQueue } from '../../../webhook/queue/folder-queue.ts'
import { Explainer } from '../../../webhook/explain/explainer.ts'
import { aMailbox, anAccount, NOW, WORKSPACE } from '../../support/builders.ts'
import { vaultOn } from '../../support/keys.ts'
import { providersFor, untilTheEnd } from '../provider/graph/graphs.ts'
import { openTestDatabase } from '../../support/database.ts'

const ENTRIES = 20_000
const DATABASE = 'flowcrm'

const clock = new VirtualClock()
let server: DatabaseServer
let db: Connection
let vault: Vault
let blind: Blind
beforeAll(async () => {
  server = await DatabaseServer.start()
  db = await openTestDatabase(new URL(`/${DATABASE}`, server.url).href)
  vault = vaultOn(db, clock)
  blind = (await vault.of(WORKSPACE)).blind
  const namespace = `${DATABASE}.${ledgerEntryModel(db).collection.collectionName}`
  for (let n = 0; n < ENTRIES; n++) server.store.insert(namespace, entry(n))
}, 120_000)
afterAll(async () => {
  await db.close()
  await server[Symbol.asyncDispose]()
})

const entry = (n: number) => ({
  ...anAccount({
    messageId: `m${n}`,
    messageIdKey: blind('message-id', `${n}@customer.example`),
    senderKey: blind('address', `sender${n % 500}@customer.example`),
    receivedAt: new Date(NOW.getTime() - n * MINUTE),
  }),
  _id: `entry-${n}`,
  seenAt: NOW,
  decidedAt: NOW,
  rev: 1,
  history: [],
})

describe(`a message among ${ENTRIES.toLocaleString('en')}`, () => {
  it.each([
    ['its id', { messageId: 'm17777' }],
    ['its Message-ID', { internetMessageId: '<17777@customer.example>' }],
    [
      'its sender and time',
      {
        from: 'sender277@customer.example',
        around: new Date(NOW.getTime() - 17_777 * MINUTE).toISOString(),
        withinMinutes: 60,
      },
    ],
  ])('is explained by %s without reading the others', async (_, question) => {
    const explainer = new Explainer({
      ledger: new LedgerStore(db),
      emails: new EmailStore({ db, vault }),
      folders: new FolderStore({ db, vault }),
      queue: new FolderQueue({ db, clock, owner: 'w', coalesceMs: 0, leaseMs: 0 }),
      ...{ ...providersFor('http://127.0.0.1:9', clock), vault, clock },
    })
    const before = server.store.work.documentsExamined
    const { accounts } = await explainer.explain(aMailbox(), question, untilTheEnd)
    expect(accounts.map(({ messageId }) => messageId)).toEqual(['m17777'])
    expect(server.store.work.documentsExamined - before).toBe(1)
  })
})
