import type { Connection } from 'mongoose'
import {
  followUpModel,
  type FollowUpContent,
  type FollowUpFacts,
  type FollowUpKind,
  type StoredFollowUp,
} from '../../models/follow-up/follow-up.ts'
import type { Clock } from '../clock.ts'
import { after, type Place } from '../contacts/cursor.ts'
import { openJson, sealJson } from '../contacts/store/sealing.ts'
import type { Vault } from '../keys/vault.ts'
import type { WorkspaceKeys } from '../keys/workspace-keys.ts'
import { insertNew } from '../store/duplicate.ts'

/** One of a kind, readable. */
export type FollowUp<Kind extends FollowUpKind> = FollowUpFacts & {
  kind: Kind
  content: FollowUpContent[Kind]
}

/** What a new one says of itself; the rest is nothing, or now. */
export type NewFollowUp<Kind extends FollowUpKind> = Pick<
  FollowUp<Kind>,
  '_id' | 'workspaceId' | 'byUserId' | 'content'
> &
  Partial<FollowUpFacts>

/** Which of them; ids in lists are alternatives. */
export type Which = {
  contactIds?: string[]
  emailId?: string
  meetingId?: string
  ownerUserId?: string
  /** Tasks that are, or are not done. */
  isDone?: boolean
}

type Changes<Kind extends FollowUpKind> = Partial<
  Pick<FollowUp<Kind>, 'contactIds' | 'ownerUserId' | 'dueOn' | 'doneAt' | 'content'>
>

export type FollowUpStoreParts = { db: Connection; vault: Pick<Vault, 'of'>; clock: Clock }

/** Notes, tasks, stages and meetings of all workspaces: sealed here, and opened here. */
export class FollowUpStore {
  private readonly followUps

  constructor(private readonly parts: FollowUpStoreParts) {
    this.followUps = followUpModel(parts.db)
  }

  /** Null: one with this id is there already. */
  async create<Kind extends FollowUpKind>(
    kind: Kind,
    { content, ...told }: NewFollowUp<Kind>,
  ): Promise<FollowUp<Kind> | null> {
    const now = this.parts.clock.now()
    const facts: FollowUpFacts = {
      ...{ rev: 1, contactIds: [], emailId: null, meetingId: null, ownerUserId: null },
      ...{ dueOn: null, doneAt: null, partyKeys: [], at: now, updatedAt: now },
      ...told,
      kind,
    }
    const keys = await this.parts.vault.of(told.workspaceId)
    const document = { ...facts, sealed: sealContent(keys, facts._id, content) }
    const thereAlready = await insertNew(this.followUps, [document])
    return thereAlready.size === 0 ? { ...facts, kind, content } : null
  }

  async find<Kind extends FollowUpKind>(
    kind: Kind,
    workspaceId: string,
    _id: string,
  ): Promise<FollowUp<Kind> | null> {
    const found = await this.followUps.find({ _id, workspaceId, kind }).lean()
    return (await this.open<Kind>(workspaceId, found))[0] ?? null
  }

  /** As it is then; null: somebody was faster. */
  async change<Kind extends FollowUpKind>(
    { _id, workspaceId, rev }: FollowUp<Kind>,
    { content, ...facts }: Changes<Kind>,
  ): Promise<FollowUp<Kind> | null> {
    const keys = await this.parts.vault.of(workspaceId)
    const $set = {
      ...facts,
      ...(content && { sealed: sealContent(keys, _id, content) }),
      updatedAt: this.parts.clock.now(),
    }
    const changed = await this.followUps
      .findOneAndUpdate(
        { _id, workspaceId, rev },
        { $set, $inc: { rev: 1 } },
        { returnDocument: 'after' },
      )
      .lean()
    return changed ? ((await this.open<Kind>(workspaceId, [changed]))[0] ?? null) : null
  }

  /** False: somebody was faster. */
  async remove({ _id, workspaceId, rev }: FollowUpFacts): Promise<boolean> {
    return (await this.followUps.deleteOne({ _id, workspaceId, rev })).deletedCount === 1
  }

  /** The newest first. */
  async page<Kind extends FollowUpKind>(
    kind: Kind,
    of: Which & { workspaceId: string },
    { limit, before = null }: { limit: number; before?: Place | null },
  ): Promise<FollowUp<Kind>[]> {
    const found = await this.followUps
      .find({ ...queryOf(of), kind, ...after('at', before) })
      .sort({ at: -1, _id: -1 })
      .limit(limit)
      .lean()
    return this.open<Kind>(of.workspaceId, found)
  }

  private async open<Kind extends FollowUpKind>(
    workspaceId: string,
    found: StoredFollowUp[],
  ): Promise<FollowUp<Kind>[]> {
    const keys = await this.parts.vault.of(workspaceId)
    return found.map((document) => opened<Kind>(keys, document))
  }
}

const nameOf = (id: string) => ({ collection: 'followUps', id })

const sealContent = (keys: WorkspaceKeys, id: string, content: object) =>
  sealJson(keys, nameOf(id), { content })

export function opened<Kind extends FollowUpKind>(
  keys: WorkspaceKeys,
  { sealed, ...facts }: StoredFollowUp,
): FollowUp<Kind> {
  const of = nameOf(facts._id)
  const content = openJson<FollowUpContent[Kind]>(keys, of, { sealed, field: 'content' })
  return { ...facts, kind: facts.kind as Kind, content }
}

const queryOf = ({
  workspaceId,
  contactIds,
  isDone,
  ...same
}: Which & { workspaceId: string }) => ({
  workspaceId,
  ...same,
  ...(contactIds && { contactIds: { $in: contactIds } }),
  ...(isDone !== undefined && { doneAt: isDone ? { $ne: null } : null }),
})
