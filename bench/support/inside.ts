import mongoose, { type Connection } from 'mongoose'
import { emailModel } from '../../models/email.ts'
import { folderModel, type Folder } from '../../models/folder.ts'
import { ledgerEntryModel } from '../../models/ledger-entry.ts'
import { subscriptionModel } from '../../models/subscription.ts'
import { SECOND } from '../../webhook/duration.ts'
import { realClock } from '../../webhook/clock.ts'

/** A look into the service's database beside the service. */
export class Inside implements AsyncDisposable {
  readonly folders
  readonly ledger
  readonly emails
  readonly subscriptions

  private constructor(private readonly db: Connection) {
    this.folders = folderModel(db)
    this.ledger = ledgerEntryModel(db)
    this.emails = emailModel(db)
    this.subscriptions = subscriptionModel(db)
  }

  static async open(url: string): Promise<Inside> {
    return new Inside(await mongoose.createConnection(url, { autoIndex: false }).asPromise())
  }

  watched(): Promise<Folder[]> {
    return this.folders.find({ watched: true }).lean()
  }

  /** Waits until `isThere` holds of every watched folder. */
  async until(isThere: (folder: Folder) => boolean, withinMs = 600 * SECOND): Promise<Folder[]> {
    const before = Date.now() + withinMs
    for (;;) {
      const folders = await this.watched()
      if (folders.length > 0 && folders.every(isThere)) return folders
      if (Date.now() > before)
        throw new Error(`still ${JSON.stringify(folders.find((folder) => !isThere(folder)))}`)
      await realClock.sleep(50)
    }
  }

  /** Everything read, every bell answered, the ids compared and found equal. */
  settled(): Promise<Folder[]> {
    return this.until(isSettled)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.db.close()
  }
}

export const isRead = ({ backfill }: Folder) => backfill.finishedAt !== null

const isSettled = (folder: Folder) =>
  isRead(folder) &&
  folder.proof?.equal === true &&
  folder.doneSeq === folder.dirtySeq &&
  folder.lease.owner === null
