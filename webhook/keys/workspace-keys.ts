import type { Transform } from 'node:stream'
import type { Sealed } from '../../models/keys/sealed.ts'
import { deriveKey, keyedDigest, newKey, openBytes, sealBytes, SealBrokenError } from './cipher.ts'
import { pack, unpack } from './pack.ts'
import { opening, sealing, type PieceAad } from './sealed-stream.ts'

/** Which document something sealed belongs to. It opens in no other. */
export type DocumentName = { collection: string; id: string }

export type { Sealed }

/** Where a document's data key is: all that rotation touches. */
export type SealedKey = Pick<Sealed, 'version' | 'dataKey'>

/** What is looked up without being kept: a label keeps equal values of different kinds apart. */
export type BlindLabel =
  'message-id' | 'address' | 'domain' | 'identity' | 'thread' | 'name' | 'content' | 'audit'

/** What decisions need of the keys: a keyed digest of a value, normalised by the caller. */
export type Blind = (label: BlindLabel, value: string) => string

/** 128 bits: equal only for equal values (reliability 5.1). */
const BLIND_BYTES = 16
/** Raised when the meaning of sealed bytes changes. */
const SCHEMA = 1

export type OpenedKeys = {
  workspaceId: string
  /** The workspace's keys by version. */
  versions: ReadonlyMap<number, Buffer>
  /** What new data keys are sealed under. */
  current: number
  /** What blind keys are made with; never changes. */
  indexSecret: Buffer
}

/** The keys of one workspace, opened. Ask the vault for them for each page or request; do not keep them. */
export class WorkspaceKeys {
  private readonly indexKeys = new Map<BlindLabel, Buffer>()

  constructor(private readonly opened: OpenedKeys) {}

  get workspaceId(): string {
    return this.opened.workspaceId
  }

  /** What new data keys are sealed under. */
  get version(): number {
    return this.opened.current
  }

  /** Seals texts under a new data key. */
  seal<Field extends string>(of: DocumentName, texts: Record<Field, string>): Sealed<Field> {
    const dataKey = newKey()
    return { ...this.wrap(of, dataKey), fields: this.sealEach(of, dataKey, texts) }
  }

  /** Seals more texts of the same document, under the data key that it has. */
  sealMore<Field extends string>(
    of: DocumentName,
    sealed: SealedKey,
    texts: Record<Field, string>,
  ): Record<Field, Buffer> {
    return this.sealEach(of, this.unwrap(of, sealed), texts)
  }

  /** Throws a SealBrokenError. */
  open<Field extends string>(of: DocumentName, sealed: Sealed<Field>, field: Field): string {
    return this.opener(of, sealed)(field, sealed.fields[field])
  }

  /** For several fields of one document; the bytes need not be in `sealed.fields`. */
  opener(of: DocumentName, sealed: SealedKey): (field: string, bytes: Buffer) => string {
    const key = this.unwrap(of, sealed)
    return (field, bytes) => unpack(openBytes({ key, aad: this.aad(of, field) }, bytes))
  }

  /** Whatever goes through `stream` comes out sealed. `key` is to be kept in the document; it opens that stream alone. */
  sealStream(of: DocumentName): { key: SealedKey; stream: Transform } {
    const dataKey = newKey()
    return { key: this.wrap(of, dataKey), stream: sealing(dataKey, this.pieceAad(of)) }
  }

  /** The other way. The stream fails with a SealBrokenError when it was cut or changed; not all is there before its end. */
  openStream(of: DocumentName, key: SealedKey): Transform {
    return opening(this.unwrap(of, key), this.pieceAad(of))
  }

  /** The same data key under the current version; the fields stay as they are. */
  rewrap(of: DocumentName, sealed: SealedKey): SealedKey {
    return this.wrap(of, this.unwrap(of, sealed))
  }

  /** A keyed digest to look a value up by: whoever has the database alone can neither read nor guess it. */
  readonly blind: Blind = (label, value) =>
    keyedDigest(this.indexKey(label), value).subarray(0, BLIND_BYTES).toString('base64url')

  private sealEach<Field extends string>(
    of: DocumentName,
    key: Buffer,
    texts: Record<Field, string>,
  ): Record<Field, Buffer> {
    const entries = Object.entries<string>(texts).map(([field, text]) => [
      field,
      sealBytes({ key, aad: this.aad(of, field) }, pack(text)),
    ])
    return Object.fromEntries(entries) as Record<Field, Buffer>
  }

  private wrap(of: DocumentName, dataKey: Buffer): SealedKey {
    const { current: version } = this.opened
    const key = this.keyOf(version)
    return { version, dataKey: sealBytes({ key, aad: this.keyAad(of, version) }, dataKey) }
  }

  private unwrap(of: DocumentName, { version, dataKey }: SealedKey): Buffer {
    return openBytes({ key: this.keyOf(version), aad: this.keyAad(of, version) }, dataKey)
  }

  private keyOf(version: number): Buffer {
    const key = this.opened.versions.get(version)
    if (!key) throw new SealBrokenError(`There is no version ${version} of this workspace's key.`)
    return key
  }

  private indexKey(label: BlindLabel): Buffer {
    const known = this.indexKeys.get(label)
    if (known) return known
    const key = deriveKey(this.opened.indexSecret, `idx:${label}`)
    this.indexKeys.set(label, key)
    return key
  }

  private aad({ collection, id }: DocumentName, field: string): string {
    return JSON.stringify(['field', this.workspaceId, collection, id, field, SCHEMA])
  }

  private keyAad({ collection, id }: DocumentName, version: number): string {
    return JSON.stringify(['key', this.workspaceId, collection, id, SCHEMA, version])
  }

  private pieceAad({ collection, id }: DocumentName): PieceAad {
    return (number, isLast) =>
      JSON.stringify(['piece', this.workspaceId, collection, id, SCHEMA, number, isLast])
  }
}
