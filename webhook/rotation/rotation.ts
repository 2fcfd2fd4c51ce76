import type { Connection } from 'mongoose'
import type { WorkspaceKey } from '../../models/keys/workspace-key.ts'
import type { Clock } from '../clock.ts'
import { HOUR } from '../duration.ts'
import type { RootKey } from '../keys/root-key.ts'
import { aadOf, KeysDestroyedError, type Vault } from '../keys/vault.ts'
import type { WorkspaceKeyStore } from '../store/workspace-key-store.ts'
import { countUnder, rewrap } from './rewrap.ts'

/** So long after a new version is used, nobody can still be about to write under the old one. */
export const DESTROY_AFTER_MS = 2 * HOUR

/** How a workspace's keys are. */
export type KeyState = {
  workspaceId: string
  /** The version in use, or about to be. */
  version: number
  activeAt: Date
  /** Older versions that are still there, and the documents under them. */
  older: number[]
  left: number
  /** When the older versions can be destroyed, if nothing is left under them then; null: there are none. */
  destroyAt: Date | null
  /** Its keys are wrapped by the root key of now. */
  isUnderRoot: boolean
}

/** `atOnce`: in one batch; `onMoved` is told after each. */
export type GoingOn = { atMost?: number; atOnce?: number; onMoved?: (count: number) => void }

type RotationParts = {
  db: Connection
  vault: Vault
  workspaceKeys: WorkspaceKeyStore
  root: RootKey
  clock: Clock
}

/** Changes of keys: of a workspace's, which moves all its documents to a new version, and of the root key. */
export class Rotation {
  constructor(private readonly parts: RotationParts) {}

  /** Wants a new version. One that is not finished yet goes on instead. */
  async begin(workspaceId: string): Promise<KeyState> {
    const { vault, workspaceKeys, clock } = this.parts
    await vault.of(workspaceId)
    const alive = await this.alive(workspaceId)
    const [oldest, newest] = [alive.at(0)?.version ?? 0, alive.at(-1)?.version ?? 0]
    const next = oldest < newest ? newest : newest + 1
    if (next > newest) await vault.addVersion(workspaceId, next)
    await workspaceKeys.retireBelow(workspaceId, next, clock.now())
    return this.state(workspaceId)
  }

  /**
   * Goes on with a rotation: once the new version is in use, moves documents to it, `atMost` in about; then destroys the
   * old ones, once nothing is left under them and nobody can write under them any more. Safe beside others who do the same.
   */
  async goOn(
    workspaceId: string,
    { atMost = Infinity, atOnce = 500, onMoved }: GoingOn = {},
  ): Promise<KeyState> {
    const { db, vault, workspaceKeys, clock } = this.parts
    const before = await this.state(workspaceId)
    if (before.older.length === 0 || clock.now() < before.activeAt) return before
    vault.forget(workspaceId) // so that the version in use is known
    let moved = 0
    const what = { versions: before.older, atOnce }
    for await (const count of rewrap(db, await vault.of(workspaceId), what)) {
      onMoved?.(count)
      moved += count
      if (moved >= atMost) break
    }
    const after = await this.state(workspaceId)
    if (after.left > 0 || !after.destroyAt || clock.now() < after.destroyAt) return after
    const ids = (await this.alive(workspaceId)).slice(0, -1).map(({ _id }) => _id)
    await workspaceKeys.destroy(ids, clock.now())
    vault.forget(workspaceId)
    return this.state(workspaceId)
  }

  /** A chore: every rotation that was begun goes on. */
  async goOnEverywhere(atMost: number, signal: AbortSignal): Promise<void> {
    for (const workspaceId of await this.parts.workspaceKeys.rotating()) {
      if (signal.aborted) return
      await this.goOn(workspaceId, { atMost })
    }
  }

  /** Throws a KeysDestroyedError. */
  async state(workspaceId: string): Promise<KeyState> {
    const { db, root } = this.parts
    const alive = await this.alive(workspaceId)
    const newest = alive.at(-1)
    if (!newest) throw new KeysDestroyedError('This workspace has no keys.')
    const older = alive.slice(0, -1).map(({ version }) => version)
    return {
      ...{ workspaceId, version: newest.version, activeAt: newest.activeAt, older },
      left: older.length > 0 ? await countUnder(db, { workspaceId, versions: older }) : 0,
      destroyAt: older.length > 0 ? new Date(newest.activeAt.getTime() + DESTROY_AFTER_MS) : null,
      isUnderRoot: alive.every(({ rootId }) => rootId === root.id),
    }
  }

  /** Of every workspace that has keys. */
  async states(): Promise<KeyState[]> {
    const states: KeyState[] = []
    for (const workspaceId of await this.parts.workspaceKeys.workspaces())
      if ((await this.alive(workspaceId)).length > 0) states.push(await this.state(workspaceId))
    return states
  }

  /** Wraps every workspace's keys by the root key of now. The answer is how many it was. Throws a RootKeyMissingError. */
  async rewrapByRoot(): Promise<number> {
    const { workspaceKeys, root } = this.parts
    let moved = 0
    for (;;) {
      const others = await workspaceKeys.notUnder(root.id)
      if (others.length === 0) return moved
      for (const key of others) {
        if (!key.wrapped) continue
        const aad = aadOf(key)
        const secret = root.unwrap({ rootId: key.rootId, wrapped: key.wrapped }, aad)
        await workspaceKeys.rewrap(key, root.wrap(secret, aad))
        moved++
      }
    }
  }

  /** The versions of the workspace's key that are there, the oldest first. */
  private async alive(workspaceId: string): Promise<WorkspaceKey[]> {
    const all = await this.parts.workspaceKeys.ofWorkspace(workspaceId)
    return all.filter(({ kind, wrapped }) => kind === 'seal' && wrapped !== null)
  }
}
