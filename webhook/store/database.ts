import mongoose, { type Connection } from 'mongoose'
import { announcementModel } from '../../models/announcement.ts'
import { emailModel } from '../../models/email.ts'
import { folderModel } from '../../models/folder.ts'
import { instanceModel } from '../../models/instance.ts'
import { ledgerEntryModel } from '../../models/ledger-entry.ts'
import { mailboxModel } from '../../models/mailbox.ts'
import { sessionModel } from '../../models/session.ts'
import { straySearchModel } from '../../models/stray-search.ts'
import { subscriptionModel } from '../../models/subscription.ts'
import { tokenCacheModel } from '../../models/token-cache.ts'
import { SECOND } from '../duration.ts'

/** A store that does not answer in this time is down: a fast 503 makes Graph come again (reliability 0.1). */
const ANSWER_WITHIN_MS = 2 * SECOND

/**
 * Connects and creates the indexes that guard our effects. A write is answered when it is durable: `majority` and
 * journal.
 */
export async function openDatabase(mongodbUrl: string): Promise<Connection> {
  const db = mongoose.createConnection(mongodbUrl, {
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    serverSelectionTimeoutMS: ANSWER_WITHIN_MS,
    socketTimeoutMS: 30 * SECOND,
    writeConcern: { w: 'majority', journal: true },
  })
  await db.asPromise()
  const models = [
    announcementModel(db),
    mailboxModel(db),
    folderModel(db),
    subscriptionModel(db),
    straySearchModel(db),
    ledgerEntryModel(db),
    emailModel(db),
    sessionModel(db),
    tokenCacheModel(db),
    instanceModel(db),
  ]
  await Promise.all(models.map((model) => model.createIndexes()))
  return db
}
