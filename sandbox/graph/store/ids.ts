import { createHash } from 'node:crypto'

/** What an id names, and in which of its two forms (graph-contract 4.2). */
export type IdKind = 'default' | 'immutable' | 'folder'

export type ParsedId = { kind: IdKind; tag: string; serial: number; attachment?: number }

const PREFIXES: Record<IdKind, string> = {
  default: 'AAMkAD',
  immutable: 'AAkALg',
  folder: 'AQMkAD',
}
const CASES = 'geoswxkm'
const SHAPE =
  /^(AAMkAD|AAkALg|AQMkAD)([\w-]{86})([gG][eE][oO][sS][wW][xX][kK][mM])([\w-]{8})([\w-]{8})?AAA=$/

/** What all ids of one mailbox have in common: an id of one mailbox is nothing in another. */
export const mailboxTag = (userId: string) =>
  createHash('sha512').update(userId).digest('base64url')

/**
 * An id as Exchange writes them: URL-safe, base64-like, case-sensitive. Up to 256 items made one after the other have
 * ids that differ in nothing but the case of letters (graph-contract 9 #33, 10 "Mailbox semantics").
 */
export function encodeId({ kind, tag, serial, attachment }: ParsedId): string {
  const tail = attachment === undefined ? '' : digits(attachment)
  return `${PREFIXES[kind]}${tag}${casesOf(serial & 0xff)}${digits(Math.floor(serial / 256))}${tail}AAA=`
}

/** What an id says, or undefined when it never was an id. */
export function parseId(id: string): ParsedId | undefined {
  const [, prefix, tag, cases, high, tail] = SHAPE.exec(id) ?? []
  const kind = (Object.keys(PREFIXES) as IdKind[]).find((name) => PREFIXES[name] === prefix)
  if (!kind || !tag || !cases || !high) return undefined
  const serial = numberOf(high) * 256 + bitsOf(cases)
  return { kind, tag, serial, ...(tail ? { attachment: numberOf(tail) } : {}) }
}

/** Version of an item, new with every change; its etag is `W/"<changeKey>"` (graph-contract 4.1). */
export function changeKeyOf(tag: string, changeNumber: number): string {
  const bytes = Buffer.alloc(30)
  bytes.writeUInt8(9)
  bytes.write('0000001600000000', 1, 'hex')
  bytes.write(tag, 8, 16, 'base64url')
  bytes.writeUIntBE(changeNumber, 24, 6)
  return bytes.toString('base64')
}

export const etagOf = (changeKey: string) => `W/"${changeKey}"`

const casesOf = (bits: number) =>
  [...CASES].map((letter, index) => ((bits >> index) & 1 ? letter.toUpperCase() : letter)).join('')

const bitsOf = (cases: string) =>
  [...cases].reduce((bits, letter, index) => bits | (letter === CASES[index] ? 0 : 1 << index), 0)

function digits(value: number): string {
  const bytes = Buffer.alloc(6)
  bytes.writeUIntBE(value, 0, 6)
  return bytes.toString('base64url')
}

const numberOf = (text: string) => Buffer.from(text, 'base64url').readUIntBE(0, 6)
