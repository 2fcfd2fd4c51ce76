import { AppError } from '../errors.ts'
import { deriveKey, openBytes, sealBytes } from './cipher.ts'

/** A key in the store is wrapped by a root key that this instance was not given. */
export class RootKeyMissingError extends AppError {
  readonly code = 'root-key-missing'
  readonly retry = 'later'
}

export type Wrapped = { rootId: string; wrapped: Buffer }

type Root = { id: string; key: Buffer }

const ID_BYTES = 9

/** Wraps the workspaces' keys. While the root key is being changed it opens with the old one too, and wraps with the new. */
export class RootKey {
  private readonly roots: [Root, ...Root[]]

  constructor(current: Buffer, old: Buffer | null = null) {
    this.roots = [rootOf(current), ...(old ? [rootOf(old)] : [])]
  }

  /** Names the root key; says nothing of it. */
  get id(): string {
    return this.roots[0].id
  }

  wrap(secret: Buffer, aad: string): Wrapped {
    const { id: rootId, key } = this.roots[0]
    return { rootId, wrapped: sealBytes({ key, aad }, secret) }
  }

  /** Throws a SealBrokenError, or a RootKeyMissingError. */
  unwrap({ rootId, wrapped }: Wrapped, aad: string): Buffer {
    const root = this.roots.find(({ id }) => id === rootId)
    if (!root)
      throw new RootKeyMissingError(
        'The keys in the database are wrapped by another root key. Give that one as ROOT_KEY, or as ROOT_KEY_OLD beside the new one.',
      )
    return openBytes({ key: root.key, aad }, wrapped)
  }
}

const rootOf = (secret: Buffer): Root => ({
  id: deriveKey(secret, 'root-key-id').subarray(0, ID_BYTES).toString('base64url'),
  key: deriveKey(secret, 'workspace-keys'),
})
