import type { Connection } from 'mongoose'
import { mergeModel, type MergeState, type StoredMerge } from '../../../models/contacts/merge.ts'
import type { Clock } from '../../clock.ts'
import type { MergingContact } from '../../crm/decide/merged-contact.ts'
import { MINUTE } from '../../duration.ts'
import { idOf } from '../../keys/ids.ts'
import type { Vault } from '../../keys/vault.ts'
import { insertNew } from '../../store/duplicate.ts'
import { after, type Place } from '../cursor.ts'
import { openJson, sealJson } from '../store/sealing.ts'

/** A merge, readable: what the kept contact was, and what it became. */
export type Merge = Omit<StoredMerge, 'sealed' | 'companyBefore' | 'companyAfter'> & {
  before: MergingContact
  after: MergingContact
}

export type NewMerge = Pick<
  Merge,
  | 'workspaceId'
  | 'keptId'
  | 'absorbedId'
  | 'keptRev'
  | 'absorbedRev'
  | 'byUserId'
  | 'before'
  | 'after'
>

export type MergeStoreParts = { db: Connection; vault: Pick<Vault, 'of'>; clock: Clock }

const COLLECTION = 'merges'
/** Whoever began one has finished by then, or never will. */
const LEFT_BEHIND_MS = MINUTE

/** Merges of contacts, each with what it takes to undo it. */
export class MergeStore {
  private readonly merges

  constructor(private readonly parts: MergeStoreParts) {
    this.merges = mergeModel(parts.db)
  }

  /** The same two contacts as they are now make the same merge: asking twice finds the first. */
  async begin(merge: NewMerge): Promise<Merge> {
    const { workspaceId, keptId, absorbedId, keptRev, absorbedRev, byUserId } = merge
    const revisions = [String(keptRev), String(absorbedRev)]
    const _id = idOf('merge', workspaceId, keptId, absorbedId, ...revisions)
    const keys = await this.parts.vault.of(workspaceId)
    const { companyId: companyBefore, ...before } = merge.before
    const { companyId: companyAfter, ...afterwards } = merge.after
    const of = { collection: COLLECTION, id: _id }
    const document: StoredMerge = {
      ...{ _id, workspaceId, keptId, absorbedId, keptRev, absorbedRev, byUserId },
      ...{ companyBefore, companyAfter, state: 'doing', at: this.parts.clock.now() },
      undoneAt: null,
      sealed: sealJson(keys, of, { before, after: afterwards }),
    }
    await insertNew(this.merges, [document])
    return this.get(workspaceId, _id)
  }

  /** Compare and set. */
  async move(
    { _id }: Pick<Merge, '_id'>,
    { from, to }: { from: MergeState; to: MergeState },
  ): Promise<boolean> {
    const undoneAt = to === 'undone' ? this.parts.clock.now() : null
    const { modifiedCount } = await this.merges.updateOne(
      { _id, state: from },
      { $set: { state: to, undoneAt } },
    )
    return modifiedCount === 1
  }

  async find(workspaceId: string, _id: string): Promise<Merge | null> {
    const found = await this.merges.find({ _id, workspaceId }).lean()
    return (await this.open(found))[0] ?? null
  }

  async get(workspaceId: string, _id: string): Promise<Merge> {
    const merge = await this.find(workspaceId, _id)
    if (!merge) throw new Error('a merge vanished')
    return merge
  }

  /** The latest first. */
  async page(
    workspaceId: string,
    { limit, before }: { limit: number; before: Place | null },
  ): Promise<Merge[]> {
    const found = await this.merges
      .find({ workspaceId, ...after('at', before) })
      .sort({ at: -1, _id: -1 })
      .limit(limit)
      .lean()
    return this.open(found)
  }

  /** What a crash left half done. */
  async leftBehind(most: number): Promise<Merge[]> {
    const at = { $lte: new Date(this.parts.clock.now().getTime() - LEFT_BEHIND_MS) }
    const found = await this.merges
      .find({ state: { $in: ['doing', 'undoing'] }, at })
      .limit(most)
      .lean()
    return this.open(found)
  }

  private async open(found: StoredMerge[]): Promise<Merge[]> {
    return Promise.all(
      found.map(async ({ sealed, companyBefore, companyAfter, ...facts }) => {
        const keys = await this.parts.vault.of(facts.workspaceId)
        const of = { collection: COLLECTION, id: facts._id }
        const opened = (field: 'before' | 'after') =>
          openJson<Omit<MergingContact, 'companyId'>>(keys, of, { sealed, field })
        return {
          ...facts,
          before: { ...opened('before'), companyId: companyBefore },
          after: { ...opened('after'), companyId: companyAfter },
        }
      }),
    )
  }
}
