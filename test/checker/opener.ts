import { createDecipheriv, hkdfSync } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import type { Binary, Db } from 'mongodb'

type SealedDoc = { version: number; dataKey: Binary; fields: Record<string, Binary> }
export type StoredDoc = { _id: string; workspaceId: string; sealed: SealedDoc }
type KeyDoc = { workspaceId: string; kind: string; version: number; wrapped: Binary | null }

/** Opens one field of a document. */
export type Opener = (collection: string, doc: StoredDoc, field: string) => string

const decrypt = (key: Buffer, sealed: Buffer, aad: unknown[]): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  decipher.setAAD(Buffer.from(JSON.stringify(aad))).setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}

const bytes = ({ buffer }: Binary): Buffer => Buffer.from(buffer)

/** Opens the pieces of a stream that was sealed under a document's data key. */
export type StreamOpener = (
  file: Pick<StoredDoc, '_id' | 'workspaceId'> & { sealed: SealedKey },
  sealed: Buffer,
) => Buffer
type SealedKey = Pick<SealedDoc, 'version' | 'dataKey'>

const SEALED_PIECE_BYTES = 64 * 1024 + 28

/** Reads sealed documents by docs/encryption.md, and by no code of the service. */
export async function openersOf(
  db: Db,
  rootKey: Buffer,
): Promise<{ open: Opener; openStream: StreamOpener }> {
  const wrapping = Buffer.from(hkdfSync('sha256', rootKey, '', 'workspace-keys', 32))
  const keys = new Map<string, Buffer>()
  for (const key of await db.collection<KeyDoc>('workspaceKeys').find().toArray()) {
    const { workspaceId, kind, version, wrapped } = key
    if (kind !== 'seal' || !wrapped) continue
    const aad = ['workspace-key', workspaceId, kind, version]
    keys.set(`${workspaceId} ${version}`, decrypt(wrapping, bytes(wrapped), aad))
  }
  const dataKeyOf = (collection: string, doc: Parameters<StreamOpener>[0]): Buffer => {
    const { _id, workspaceId, sealed } = doc
    const key = keys.get(`${workspaceId} ${sealed.version}`)
    if (!key) throw new Error(`${collection} ${_id} cannot be opened`)
    const aad = ['key', workspaceId, collection, _id, 1, sealed.version]
    return decrypt(key, bytes(sealed.dataKey), aad)
  }
  const open: Opener = (collection, doc, field) => {
    const { _id, workspaceId, sealed } = doc
    const found = sealed.fields[field]
    if (!found) throw new Error(`${collection} ${_id} cannot be opened`)
    const aad = ['field', workspaceId, collection, _id, field, 1]
    const packed = decrypt(dataKeyOf(collection, doc), bytes(found), aad)
    return (packed[0] === 1 ? inflateRawSync(packed.subarray(1)) : packed.subarray(1)).toString()
  }
  const openStream: StreamOpener = (file, sealed) => {
    const key = dataKeyOf('fs.files', file)
    const count = Math.max(1, Math.ceil(sealed.length / SEALED_PIECE_BYTES))
    const pieces = Array.from({ length: count }, (_, number) => {
      const at = number * SEALED_PIECE_BYTES
      const aad = ['piece', file.workspaceId, 'fs.files', file._id, 1, number, number === count - 1]
      return decrypt(key, sealed.subarray(at, at + SEALED_PIECE_BYTES), aad)
    })
    return Buffer.concat(pieces)
  }
  return { open, openStream }
}
