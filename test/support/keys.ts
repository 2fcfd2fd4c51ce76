import type { Connection } from 'mongoose'
import type { Clock } from '../../webhook/clock.ts'
import { RootKey } from '../../webhook/keys/root-key.ts'
import { Vault } from '../../webhook/keys/vault.ts'
import { WorkspaceKeys } from '../../webhook/keys/workspace-keys.ts'
import { WorkspaceKeyStore } from '../../webhook/store/workspace-key-store.ts'
import { WORKSPACE } from './builders.ts'

/** The root key of tests. */
export const ROOT_KEY = Buffer.alloc(32, 'the root key of tests')

/** A vault on a test's database: as many as a test needs, each with a memory of its own. */
export const vaultOn = (db: Connection, clock: Clock, rootKey: Buffer = ROOT_KEY): Vault =>
  new Vault({ store: new WorkspaceKeyStore(db), root: new RootKey(rootKey), clock })

/** Keys of a workspace without a database; the same each time. */
export const someKeys = (workspaceId = WORKSPACE, versions = [1]): WorkspaceKeys =>
  new WorkspaceKeys({
    workspaceId,
    versions: new Map(versions.map((version) => [version, Buffer.alloc(32, version)])),
    current: Math.max(...versions),
    indexSecret: Buffer.alloc(32, `index of ${workspaceId}`),
  })
