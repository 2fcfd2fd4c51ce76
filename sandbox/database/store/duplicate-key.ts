import type { ObjectId } from 'bson'
import { CommandError } from '../errors.ts'
import { valuesAt } from '../query/paths.ts'
import { type Doc, encode, isDocument } from '../query/values.ts'
import type { CollectionIndex } from './collection-index.ts'

/** Error 11000 in the real server's words, with the key it is about. */
export function duplicateKey(
  namespace: string,
  index: CollectionIndex,
  doc: Doc,
  keys: string[],
): CommandError {
  const keyValue = Object.fromEntries(
    index.fields.map(({ path, parts }) => [path, clashingValue(index, valuesAt(doc, parts), keys)]),
  )
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${show(value)}`)
  return new CommandError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${index.spec.name} dup key: { ${shown.join(', ')} }`,
    { keyPattern: index.spec.key, keyValue },
  )
}

/** Of an array the element that is taken already; a missing field counts as null. */
function clashingValue(index: CollectionIndex, values: unknown[], keys: string[]): unknown {
  const [value, ...more] = values.flat()
  if (more.length === 0) return value ?? null
  const taken = keys.find((key) => index.entries.first(key))
  return values.flat().find((item) => taken?.includes(encode(item))) ?? null
}

/** As the server's shell-like text shows a value. */
function show(value: unknown): string {
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if (Array.isArray(value)) return `[ ${value.map(show).join(', ')} ]`
  if (isDocument(value))
    return `{ ${Object.entries(value)
      .map(([name, field]) => `${name}: ${show(field)}`)
      .join(', ')} }`
  const type =
    typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype
  if (type === 'ObjectId') return `ObjectId('${(value as ObjectId).toHexString()}')`
  if (type === 'Binary') {
    const { sub_type: subType, buffer } = value as { sub_type: number; buffer: Uint8Array }
    return `BinData(${subType}, ${Buffer.from(buffer).toString('hex').toUpperCase()})`
  }
  return JSON.stringify(value)
}
