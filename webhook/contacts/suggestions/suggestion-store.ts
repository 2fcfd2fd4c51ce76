import type { Connection } from 'mongoose'
import { suggestionModel, type StoredSuggestion } from '../../../models/contacts/suggestion.ts'
import { idOf } from '../../keys/ids.ts'
import type { Vault } from '../../keys/vault.ts'
import type { WorkspaceKeys } from '../../keys/workspace-keys.ts'
import { insertNew } from '../../store/duplicate.ts'
import { after, type Place } from '../cursor.ts'
import { openJson, sealJson } from '../store/sealing.ts'

/** A suggestion, readable. */
export type Suggestion = Omit<StoredSuggestion, 'sealed' | 'ownerUserIds' | 'dismissedBy'> & {
  name: string
  address: string
}

/** Somebody in a mail of this person. */
export type SeenStranger = {
  /** Normalised, without plus tag. */
  address: string
  name: string
  ownerUserId: string
  at: Date
}

export type SuggestionStoreParts = { db: Connection; vault: Pick<Vault, 'of'> }

const COLLECTION = 'suggestions'

/** People who are no contacts. One for each address of a workspace, shown only to those who have mail with it. */
export class SuggestionStore {
  private readonly suggestions

  constructor(private readonly parts: SuggestionStoreParts) {
    this.suggestions = suggestionModel(parts.db)
  }

  /** Noting the same again changes nothing, and costs a look-up. */
  async note(workspaceId: string, strangers: SeenStranger[]): Promise<void> {
    if (strangers.length === 0) return
    const keys = await this.parts.vault.of(workspaceId)
    const named = strangers.map((stranger) => {
      const addressKey = keys.blind('address', stranger.address)
      return { ...stranger, addressKey, _id: idOf('suggestion', workspaceId, addressKey) }
    })
    const known = await this.known(named.map(({ _id }) => _id))
    const unknown = named.filter(({ _id }) => !known.has(_id))
    const lost = await insertNew(
      this.suggestions,
      unknown.map((stranger) => documentOf(keys, stranger)),
    )
    const news = named.filter(({ _id, ownerUserId, at }) => {
      const was = known.get(_id)
      return was !== undefined && (!was.ownerUserIds.includes(ownerUserId) || was.lastAt < at)
    })
    await this.update([...news, ...unknown.filter((_, at) => lost.has(at))])
  }

  /** Those of one person, the latest mail first. */
  async page(
    { workspaceId, userId }: { workspaceId: string; userId: string },
    { limit, before }: { limit: number; before: Place | null },
  ): Promise<Suggestion[]> {
    const found = await this.suggestions
      .find({
        ...{ workspaceId, ownerUserIds: userId, dismissedBy: { $ne: userId }, contactId: null },
        ...after('lastAt', before),
      })
      .sort({ lastAt: -1, _id: -1 })
      .limit(limit)
      .lean()
    return this.open(workspaceId, found)
  }

  /** Whoever has mail with them. */
  async findMany(workspaceId: string, ids: string[]): Promise<Suggestion[]> {
    return this.open(
      workspaceId,
      await this.suggestions.find({ _id: { $in: ids }, workspaceId }).lean(),
    )
  }

  /** Null also when this person has no mail with it. */
  async find(
    { workspaceId, userId }: { workspaceId: string; userId: string },
    _id: string,
  ): Promise<Suggestion | null> {
    const found = await this.suggestions.find({ _id, workspaceId, ownerUserIds: userId }).lean()
    return (await this.open(workspaceId, found))[0] ?? null
  }

  /** This person does not hear of it again. */
  async dismiss(_id: string, userId: string): Promise<void> {
    await this.suggestions.updateOne({ _id }, { $addToSet: { dismissedBy: userId } })
  }

  async became(_id: string, contactId: string): Promise<void> {
    await this.suggestions.updateOne({ _id, contactId: null }, { $set: { contactId } })
  }

  private async known(ids: string[]) {
    const found = await this.suggestions
      .find({ _id: { $in: ids } })
      .select({ ownerUserIds: 1, lastAt: 1 })
      .lean()
    return new Map(found.map((suggestion) => [suggestion._id, suggestion]))
  }

  private async update(strangers: (SeenStranger & { _id: string })[]): Promise<void> {
    if (strangers.length === 0) return
    await this.suggestions.bulkWrite(
      strangers.map(({ _id, ownerUserId, at: lastAt }) => ({
        updateOne: {
          filter: { _id },
          update: { $addToSet: { ownerUserIds: ownerUserId }, $max: { lastAt } },
        },
      })),
      { ordered: false, throwOnValidationError: true },
    )
  }

  private async open(workspaceId: string, found: StoredSuggestion[]): Promise<Suggestion[]> {
    const keys = await this.parts.vault.of(workspaceId)
    return found.map(({ sealed, ownerUserIds: _owners, dismissedBy: _by, ...facts }) => {
      const of = { collection: COLLECTION, id: facts._id }
      return { ...facts, ...openJson<Party>(keys, of, { sealed, field: 'party' }) }
    })
  }
}

function documentOf(keys: WorkspaceKeys, stranger: SeenStranger & NamedStranger): StoredSuggestion {
  const { _id, addressKey, address, name, ownerUserId, at } = stranger
  const { workspaceId } = keys
  return {
    ...{ _id, workspaceId, addressKey, contactId: null, lastAt: at },
    ...{ ownerUserIds: [ownerUserId], dismissedBy: [] },
    sealed: sealJson(keys, { collection: COLLECTION, id: _id }, { party: { name, address } }),
  }
}

type NamedStranger = { _id: string; addressKey: string }
type Party = { name: string; address: string }
