import type { Connection } from 'mongoose'
import { ruleSetModel, type StoredRuleSet } from '../../models/rule-set.ts'
import { idOf } from '../keys/ids.ts'
import type { Vault } from '../keys/vault.ts'
import { createOnce } from '../store/duplicate.ts'

/** Whose rules: `ownerId` is the mailbox, or the workspace itself. */
export type RuleOwner = { workspaceId: string; ownerId: string }

/** A version of somebody's rules. */
export type RuleSet<Rules> = Pick<
  StoredRuleSet,
  'version' | 'savedAt' | 'byUserId' | 'restored'
> & {
  rules: Rules
  byName: string
}

type Said<Rules> = Pick<RuleSet<Rules>, 'rules' | 'byName'>

/** Every version of every rule set, sealed here. What is saved is never changed. */
export class RuleStore {
  private readonly ruleSets
  private readonly vault: Vault

  constructor({ db, vault }: { db: Connection; vault: Vault }) {
    this.ruleSets = ruleSetModel(db)
    this.vault = vault
  }

  /** Null: nothing was ever chosen. */
  async newest<Rules>({ workspaceId, ownerId }: RuleOwner): Promise<RuleSet<Rules> | null> {
    const [found] = await this.ruleSets
      .find({ ownerId, workspaceId })
      .sort({ version: -1 })
      .limit(1)
      .lean()
    return found ? this.open<Rules>(found) : null
  }

  async version<Rules>(
    { workspaceId, ownerId }: RuleOwner,
    version: number,
  ): Promise<RuleSet<Rules> | null> {
    const found = await this.ruleSets.findOne({ ownerId, workspaceId, version }).lean()
    return found && this.open<Rules>(found)
  }

  /** The newest first. */
  async versions<Rules>(
    { workspaceId, ownerId }: RuleOwner,
    limit: number,
  ): Promise<RuleSet<Rules>[]> {
    const found = await this.ruleSets
      .find({ ownerId, workspaceId })
      .sort({ version: -1 })
      .limit(limit)
      .lean()
    return Promise.all(found.map((one) => this.open<Rules>(one)))
  }

  /** False when that version is there already: somebody was faster. */
  async add<Rules>({ workspaceId, ownerId }: RuleOwner, set: RuleSet<Rules>): Promise<boolean> {
    const { rules, byName, ...facts } = set
    const _id = idOf('rules', ownerId, String(set.version))
    const keys = await this.vault.of(workspaceId)
    const said = JSON.stringify({ rules, byName } satisfies Said<Rules>)
    const sealed = keys.seal(nameOf(_id), { rules: said })
    return createOnce(() => this.ruleSets.create({ _id, workspaceId, ownerId, ...facts, sealed }))
  }

  private async open<Rules>({ _id, sealed, ...stored }: StoredRuleSet): Promise<RuleSet<Rules>> {
    const { workspaceId, version, savedAt, byUserId, restored } = stored
    const keys = await this.vault.of(workspaceId)
    const said = JSON.parse(keys.open(nameOf(_id), sealed, 'rules')) as Said<Rules>
    return { version, savedAt, byUserId, restored, ...said }
  }
}

const nameOf = (id: string) => ({ collection: 'ruleSets', id })
