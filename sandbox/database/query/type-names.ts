import { CommandError } from '../errors.ts'
import { isDocument } from './values.ts'

const isInt32 = (value: unknown): boolean => typeof value === 'number' && (value | 0) === value

/** BSON type numbers and names (manual: "BSON Types"). Numbers are told apart as this driver writes them. */
const TYPES: [number, string, (value: unknown) => boolean][] = [
  [1, 'double', (value) => typeof value === 'number' && !isInt32(value)],
  [2, 'string', (value) => typeof value === 'string'],
  [3, 'object', isDocument],
  [4, 'array', Array.isArray],
  [5, 'binData', (value) => bsonType(value) === 'Binary'],
  [7, 'objectId', (value) => bsonType(value) === 'ObjectId'],
  [8, 'bool', (value) => typeof value === 'boolean'],
  [9, 'date', (value) => value instanceof Date],
  [10, 'null', (value) => value === null],
  [11, 'regex', (value) => bsonType(value) === 'BSONRegExp'],
  [16, 'int', isInt32],
  [17, 'timestamp', (value) => bsonType(value) === 'Timestamp'],
  [18, 'long', (value) => bsonType(value) === 'Long'],
]

const bsonType = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && '_bsontype' in value ? value._bsontype : undefined

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' || bsonType(value) === 'Long'

export const typeName = (value: unknown): string =>
  TYPES.find(([, , is]) => is(value))?.[1] ?? (value === undefined ? 'missing' : 'unknown')

/** The operand of `$type`: a number, a name, or a list of them. */
export function typeTest(operand: unknown): (value: unknown) => boolean {
  const tests = (Array.isArray(operand) ? operand : [operand]).map((wanted: unknown) => {
    if (wanted === 'number') return isNumber
    const known = TYPES.find(([number, name]) => number === wanted || name === wanted)
    if (!known) throw new CommandError('BadValue', `Unknown type name alias: ${String(wanted)}`)
    return known[2]
  })
  return (value) => tests.some((test) => test(value))
}
