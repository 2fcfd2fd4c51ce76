import { type Binary, Long, type ObjectId, type Timestamp } from 'bson'
import { notImplemented } from '../errors.ts'

/** A document as it came out of BSON: never changed in place once stored. */
export type Doc = Record<string, unknown>

export const isDocument = (value: unknown): value is Doc =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** MongoDB's order of types (manual: "Comparison/Sort Order"); one character, so it can lead an index key. */
const RANK = {
  minKey: '\u0001',
  emptyArray: '\u0003',
  null: '\u0005',
  number: '\u000a',
  string: '\u000f',
  object: '\u0014',
  array: '\u0019',
  binData: '\u001e',
  objectId: '\u0023',
  bool: '\u0028',
  date: '\u002d',
  timestamp: '\u002f',
  regex: '\u0032',
  maxKey: '\u007f',
} as const

/** The key of an array without elements: the document is in the index, yet equal to no value. */
export const EMPTY_ARRAY_KEY: string = RANK.emptyArray

/** Under jest every look at a global costs a good deal, and each key takes several. */
const { fromCharCode } = String

/** Greater than any continuation of a key. */
export const TOP = '\uffff'.repeat(8)

/**
 * A string that sorts (by `<`) as MongoDB sorts the value, and is equal exactly when MongoDB calls the values equal.
 * No encoding is the beginning of another, so encodings joined are the key of a compound index.
 */
export function encode(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return RANK.null
    case 'string':
      return RANK.string + encodeString(value)
    case 'number':
      return RANK.number + encodeNumber(value) + '\u8000'
    case 'boolean':
      return RANK.bool + (value ? '\u0002' : '\u0001')
    case 'object':
      return value === null ? RANK.null : encodeObject(value)
    default:
      throw notImplemented(`A value of type ${typeof value}`)
  }
}

function encodeObject(value: object): string {
  if (isDocument(value)) return RANK.object + encodeFields(Object.entries(value))
  if (Array.isArray(value)) return RANK.array + encodeFields(value.map((item) => ['', item]))
  if (value instanceof Date) return RANK.date + encodeNumber(value.getTime())
  const type = '_bsontype' in value ? value._bsontype : undefined
  switch (type) {
    case 'ObjectId':
      return RANK.objectId + (value as ObjectId).toHexString()
    case 'Binary':
      return RANK.binData + encodeBinary(value as Binary)
    case 'Long':
      return RANK.number + encodeLong(value as Long)
    case 'Timestamp':
      return RANK.timestamp + encodeUnsigned(value as Timestamp)
    case 'BSONRegExp': {
      const { pattern, options } = value as unknown as { pattern: string; options: string }
      return RANK.regex + encodeString(pattern) + encodeString(options)
    }
    case 'MinKey':
      return RANK.minKey
    case 'MaxKey':
      return RANK.maxKey
    default:
      throw notImplemented(`Comparing a value of type ${String(type)}`)
  }
}

/** Field by field: type, then name, then value. */
const encodeFields = (fields: [string, unknown][]): string =>
  fields
    .map(([name, value]) => {
      const encoded = encode(value)
      return `\u0001${encoded.charAt(0)}${encodeString(name)}${encoded.slice(1)}`
    })
    .join('') + '\u0000'

const NEEDS_CARE = /[\u0000\u0001\ud800-\uffff]/
const EACH_THAT_NEEDS_CARE = new RegExp(NEEDS_CARE, 'g')

/** Ends with NUL. MongoDB compares UTF-8 bytes, thus code points: surrogates move above U+FFFF's place. */
function encodeString(text: string): string {
  if (!NEEDS_CARE.test(text)) return text + '\u0000'
  const careful = text.replace(EACH_THAT_NEEDS_CARE, (char) => {
    const code = char.charCodeAt(0)
    if (code < 2) return `\u0001${fromCharCode(code + 1)}`
    return fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800)
  })
  return careful + '\u0000'
}

const scratch = new DataView(new ArrayBuffer(8))

/** IEEE bits turned so that unsigned order is numeric order; NaN is below every number. */
function encodeNumber(value: number): string {
  if (Number.isNaN(value)) return '\u0000\u0000\u0000\u0000'
  scratch.setFloat64(0, value === 0 ? 0 : value)
  const flip = scratch.getUint16(0) & 0x8000 ? 0xffff : 0
  return fromCharCode(
    (scratch.getUint16(0) ^ flip) | (flip ? 0 : 0x8000),
    scratch.getUint16(2) ^ flip,
    scratch.getUint16(4) ^ flip,
    scratch.getUint16(6) ^ flip,
  )
}

/** The nearest double, then how far the exact integer is from it. */
function encodeLong(value: Long): string {
  const nearest = value.toNumber()
  const rest = value.subtract(Long.fromNumber(nearest)).toInt()
  return encodeNumber(nearest) + fromCharCode(0x8000 + rest)
}

const encodeUnsigned = (value: { high: number; low: number }): string =>
  fromCharCode(value.high >>> 16, value.high & 0xffff, value.low >>> 16, value.low & 0xffff)

const encodeBinary = (value: Binary): string =>
  encodeUnsigned({ high: 0, low: value.position }) +
  fromCharCode(value.sub_type) +
  Buffer.from(value.value()).toString('latin1')

/** The same key for the opposite order. */
export function invert(key: string): string {
  let inverted = ''
  for (let at = 0; at < key.length; at++) inverted += fromCharCode(0xffff - key.charCodeAt(at))
  return inverted
}

/** The type's place in MongoDB's order: comparisons such as `$lt` stay within one. */
export const rankOf = (value: unknown): string =>
  typeof value === 'string' ? RANK.string : encode(value).charAt(0)

export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  const plain = typeof a === 'string' || typeof b === 'string'
  return !plain && encode(a) === encode(b)
}

export function compare(a: unknown, b: unknown): number {
  const [left, right] = [encode(a), encode(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
