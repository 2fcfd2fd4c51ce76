import type { Connection } from 'mongoose'
import { contactImportModel, type ContactImport } from '../../../models/contacts/contact-import.ts'
import type { ImportCounts } from '../../../models/wire/contacts/contact-import.ts'
import type { Clock } from '../../clock.ts'
import { MINUTE } from '../../duration.ts'
import { createOnce } from '../../store/duplicate.ts'

/** Reading in tells at each lot; who says nothing for this long has died. */
const DEAD_AFTER_MS = 2 * MINUTE

export type NewImport = Pick<ContactImport, '_id' | 'workspaceId' | 'byUserId' | 'total'>

const nothing = { done: 0, created: 0, updated: 0, unchanged: 0, failed: 0, finishedAt: null }

/** How far files have been read in. */
export class ImportStore {
  private readonly imports

  constructor(private readonly parts: { db: Connection; clock: Clock }) {
    this.imports = contactImportModel(parts.db)
  }

  /** False: somebody is reading this very file in just now. */
  async begin(begun: NewImport): Promise<boolean> {
    const now = this.parts.clock.now()
    const document = { ...begun, ...nothing, startedAt: now, toldAt: now }
    if (await createOnce(() => this.imports.create(document))) return true
    const dead = new Date(now.getTime() - DEAD_AFTER_MS)
    const { modifiedCount } = await this.imports.updateOne(
      { _id: begun._id, $or: [{ finishedAt: { $ne: null } }, { toldAt: { $lte: dead } }] },
      { $set: document },
    )
    return modifiedCount === 1
  }

  async progressed(_id: string, done: number, counts: ImportCounts): Promise<void> {
    const toldAt = this.parts.clock.now()
    await this.imports.updateOne({ _id }, { $set: { done, ...counts, toldAt } })
  }

  async finished(_id: string): Promise<void> {
    await this.imports.updateOne({ _id }, { $set: { finishedAt: this.parts.clock.now() } })
  }

  async find(workspaceId: string, _id: string): Promise<ContactImport | null> {
    return this.imports.findOne({ _id, workspaceId }).lean()
  }
}
