import mongoose, { type Connection, type Schema } from 'mongoose'
import { announcementModel } from '../../models/announcement.ts'
import { attachmentModel } from '../../models/attachments/attachment.ts'
import { blobChunkModel, blobDoubtModel, blobFileModel } from '../../models/attachments/blob.ts'
import { attachmentChoiceModel } from '../../models/attachments/choice.ts'
import { attachmentWorkModel } from '../../models/attachments/work.ts'
import { auditEntryModel } from '../../models/audit-entry.ts'
import { contactModels } from '../../models/contacts/models.ts'
import { endingModels } from '../../models/ending/models.ts'
import { emailModel } from '../../models/email.ts'
import { followUpModel } from '../../models/follow-up/follow-up.ts'
import { syncTestModel } from '../../models/health/sync-test.ts'
import { folderModel } from '../../models/folder.ts'
import { instanceModel } from '../../models/instance.ts'
import { ledgerEntryModel } from '../../models/ledger-entry.ts'
import { mailboxModel } from '../../models/mailbox.ts'
import { ruleSetModel } from '../../models/rule-set.ts'
import { sessionModel } from '../../models/sign-in/session.ts'
import { straySearchModel } from '../../models/stray-search.ts'
import { subscriptionModel } from '../../models/subscription.ts'
import { threadModels } from '../../models/threads/models.ts'
import { peopleModels } from '../../models/people/models.ts'
import { tokenCacheModel } from '../../models/sign-in/token-cache.ts'
import { usageModel } from '../../models/usage.ts'
import { writeBackModel } from '../../models/write-back/write-back.ts'
import { workspaceKeyModel } from '../../models/keys/workspace-key.ts'
import type { Clock } from '../clock.ts'
import { SECOND } from '../duration.ts'
import { isStoreDown } from './store-down.ts'

/** A store that does not answer in this time is down: a fast 503 makes Graph come again (reliability 0.1). */
const ANSWER_WITHIN_MS = 2 * SECOND
/** One that takes a connection and then says nothing would hold us for 30 s. */
const CONNECTED_WITHIN_MS = 5 * SECOND
const TRY_AGAIN_MS = SECOND

/** How long a database that is down is waited for, as when both are started together; and who may end the waiting. */
export type Patience = {
  ms: number
  clock: Clock
  signal: AbortSignal
  /** Told after each try in vain. */
  onWait: (wait: { leftMs: number }) => void
}

/**
 * Connects and creates the indexes that guard our effects. A write is answered when it is durable: `majority` and
 * journal. Throws when the database is down, with `patience` when that has run out or the signal aborted.
 */
export async function openDatabase(mongodbUrl: string, patience?: Patience): Promise<Connection> {
  const until = patience ? patience.clock.now().getTime() + patience.ms : 0
  for (;;) {
    try {
      return await connect(mongodbUrl, patience?.signal)
    } catch (error) {
      const leftMs = patience ? until - patience.clock.now().getTime() : 0
      if (!patience || leftMs <= 0 || !isStoreDown(error)) throw error
      patience.signal.throwIfAborted()
      patience.onWait({ leftMs })
      await patience.clock.sleep(Math.min(TRY_AGAIN_MS, leftMs), patience.signal)
      patience.signal.throwIfAborted()
    }
  }
}

async function connect(mongodbUrl: string, signal?: AbortSignal): Promise<Connection> {
  const db = mongoose.createConnection(mongodbUrl, {
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    promoteBuffers: true, // what is sealed comes as bytes, not as a class of BSON's
    serverSelectionTimeoutMS: ANSWER_WITHIN_MS,
    connectTimeoutMS: CONNECTED_WITHIN_MS,
    socketTimeoutMS: 30 * SECOND,
    writeConcern: { w: 'majority', journal: true },
  })
  const letGo = () => db.close(true).catch(() => undefined) // what was wrong is said already
  const letGoAtOnce = () => void letGo()
  signal?.addEventListener('abort', letGoAtOnce)
  try {
    await db.asPromise()
    await createIndexes(db)
    return db
  } catch (error) {
    await letGo()
    throw error
  } finally {
    signal?.removeEventListener('abort', letGoAtOnce)
  }
}

async function createIndexes(db: Connection): Promise<void> {
  const models = [
    announcementModel(db),
    attachmentModel(db),
    attachmentWorkModel(db),
    attachmentChoiceModel(db),
    blobFileModel(db),
    blobChunkModel(db),
    blobDoubtModel(db),
    auditEntryModel(db),
    mailboxModel(db),
    folderModel(db),
    subscriptionModel(db),
    straySearchModel(db),
    ledgerEntryModel(db),
    emailModel(db),
    sessionModel(db),
    tokenCacheModel(db),
    instanceModel(db),
    workspaceKeyModel(db),
    ruleSetModel(db),
    usageModel(db),
    syncTestModel(db),
    writeBackModel(db),
    followUpModel(db),
    ...contactModels(db),
    ...endingModels(db),
    ...peopleModels(db),
    ...threadModels(db),
  ]
  await Promise.all(models.map(createIndexesOf))
}

type Indexed = {
  schema: Pick<Schema, 'indexes'>
  collection: ReturnType<Connection['collection']>
}

/** One command for each collection, where mongoose gives one for each index: an eighth of a start's questions. */
async function createIndexesOf({ schema, collection }: Indexed): Promise<void> {
  const indexes = schema.indexes().map(([fields, { unique }]) => ({
    key: fields as Record<string, 1 | -1>,
    ...(unique === true && { unique }),
  }))
  if (indexes.length > 0) await collection.createIndexes(indexes)
}
