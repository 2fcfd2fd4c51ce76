import type { WorkspaceKey } from '../../models/keys/workspace-key.ts'
import type { Clock } from '../clock.ts'
import { MINUTE } from '../duration.ts'
import { AppError } from '../errors.ts'
import { newKey } from './cipher.ts'
import { idOf } from './ids.ts'
import type { RootKey } from './root-key.ts'
import { WorkspaceKeys } from './workspace-keys.ts'

/** The workspace's keys were destroyed, and with them everything it had. */
export class KeysDestroyedError extends AppError {
  readonly code = 'keys-destroyed'
  readonly retry = 'never'
}

/** Where wrapped keys are kept. */
export type KeyStore = {
  ofWorkspace(workspaceId: string): Promise<WorkspaceKey[]>
  /** Creates by insert; somebody else's may be there already. */
  create(keys: WorkspaceKey[]): Promise<void>
}

/** Opened keys are asked for again after this, so that a destroyed one is soon forgotten, and a new one soon known. */
const KEPT_MS = MINUTE
/** A new version is used when every instance has long known it, so that nobody meets what it cannot read. */
export const ACTIVE_AFTER_MS = 3 * MINUTE
/** Workspaces kept at once on one instance; a few hundred bytes each. */
const MOST = 10_000

/** The keys of each of the workspaces that were named. */
export type KeysOf = (workspaceId: string) => WorkspaceKeys

type Kept = { keys: Promise<WorkspaceKeys>; until: number }
type VaultParts = {
  store: KeyStore
  root: RootKey
  clock: Clock
  newKey?: (() => Buffer) | undefined
}

/** The only place that has keys: opens each workspace's with the root key, and makes them when there are none yet. */
export class Vault {
  private readonly kept = new Map<string, Kept>()

  constructor(private readonly parts: VaultParts) {}

  /** For one page or request. Throws a KeysDestroyedError. */
  async of(workspaceId: string): Promise<WorkspaceKeys> {
    const now = this.parts.clock.now().getTime()
    const kept = this.kept.get(workspaceId)
    if (kept && now < kept.until) return kept.keys
    const keys = this.opened(workspaceId)
    const [oldest] = this.kept.keys()
    if (this.kept.size >= MOST && oldest !== undefined) this.kept.delete(oldest)
    this.kept.set(workspaceId, { keys, until: now + KEPT_MS })
    keys.catch(() => this.forget(workspaceId))
    return keys
  }

  /** For things of several workspaces. Throws a KeysDestroyedError when one of them has none any more. */
  async ofAll(workspaceIds: Iterable<string>): Promise<KeysOf> {
    const ids = [...new Set(workspaceIds)]
    const all = new Map(await Promise.all(ids.map(async (id) => [id, await this.of(id)] as const)))
    return (workspaceId) => {
      const keys = all.get(workspaceId)
      if (!keys) throw new Error('keys of another workspace were asked for')
      return keys
    }
  }

  /** As `ofAll`, and those whose keys were destroyed are left out: for chores that go over everything. */
  async ofEach(workspaceIds: Iterable<string>): Promise<Map<string, WorkspaceKeys>> {
    const all = new Map<string, WorkspaceKeys>()
    for (const id of new Set(workspaceIds))
      try {
        all.set(id, await this.of(id))
      } catch (error) {
        if (!(error instanceof KeysDestroyedError)) throw error
      }
    return all
  }

  /** The next question reads the store again. */
  forget(workspaceId: string): void {
    this.kept.delete(workspaceId)
  }

  /** A further version of the workspace's key, used from `ACTIVE_AFTER_MS` on. Two who ask at once make one. */
  async addVersion(workspaceId: string, version: number): Promise<void> {
    const activeAt = new Date(this.parts.clock.now().getTime() + ACTIVE_AFTER_MS)
    await this.parts.store.create([this.newKey({ workspaceId, version, activeAt })])
    this.forget(workspaceId)
  }

  private async opened(workspaceId: string): Promise<WorkspaceKeys> {
    const { root, clock } = this.parts
    const there = await this.stored(workspaceId)
    const now = clock.now()
    const versions = new Map<number, Buffer>()
    let current = 0
    let indexSecret: Buffer | null = null
    for (const key of there) {
      if (!key.wrapped) continue
      const secret = root.unwrap({ rootId: key.rootId, wrapped: key.wrapped }, aadOf(key))
      if (key.kind === 'index') indexSecret = secret
      else versions.set(key.version, secret)
      if (key.kind === 'seal' && key.activeAt <= now) current = Math.max(current, key.version)
    }
    if (!indexSecret || current === 0)
      throw new KeysDestroyedError('The keys of this workspace were destroyed.')
    return new WorkspaceKeys({ workspaceId, versions, current, indexSecret })
  }

  /** As they are in the store, after the first ones were made. */
  private async stored(workspaceId: string): Promise<WorkspaceKey[]> {
    const { store, clock } = this.parts
    const there = await store.ofWorkspace(workspaceId)
    const missing = (['index', 'seal'] as const).filter(
      (kind) => !there.some((key) => key.kind === kind),
    )
    if (missing.length === 0) return there
    const activeAt = clock.now()
    await store.create(
      missing.map((kind) => this.newKey({ workspaceId, kind, version: 1, activeAt })),
    )
    return store.ofWorkspace(workspaceId) // another instance's may have been first
  }

  private newKey(
    key: Pick<WorkspaceKey, 'workspaceId' | 'version' | 'activeAt'> & Partial<WorkspaceKey>,
  ): WorkspaceKey {
    const { workspaceId, version, kind = 'seal', activeAt } = key
    const drawn = (this.parts.newKey ?? newKey)()
    return {
      ...{ workspaceId, kind, version, activeAt },
      _id: idOf('workspace-key', workspaceId, kind, String(version)),
      ...this.parts.root.wrap(drawn, aadOf({ workspaceId, kind, version })),
      ...{ createdAt: this.parts.clock.now(), retiredAt: null, destroyedAt: null },
    }
  }
}

/** What a wrapped key belongs to. */
export const aadOf = ({
  workspaceId,
  kind,
  version,
}: Pick<WorkspaceKey, 'workspaceId' | 'kind' | 'version'>): string =>
  JSON.stringify(['workspace-key', workspaceId, kind, version])
