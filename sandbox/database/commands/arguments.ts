import { z } from 'zod'
import { CommandError, notImplemented } from '../errors.ts'
import { type Doc, isDocument } from '../query/values.ts'

export const document = z.custom<Doc>(isDocument)
export const documents = z.array(document)
/** The command's own field: the name of the collection. */
export const collectionName = z.string().min(1)
export const count = z.number().int().min(0)

/** Fields any command may carry: they change nothing on one server that answers at once. */
const HARMLESS = new Set([
  ...['$db', 'lsid', '$readPreference', '$clusterTime', 'maxTimeMS', 'comment', 'apiVersion'],
  ...['hint', 'allowDiskUse', 'noCursorTimeout', 'bypassDocumentValidation'],
])

/** What is lacking, by the name of the option that asks for it. */
const LACKING: Record<string, string> = {
  collation: 'Collation',
  let: 'The option let',
  min: 'The option min',
  max: 'The option max',
  tailable: 'A tailable cursor',
  awaitData: 'A tailable cursor',
  returnKey: 'The option returnKey',
  showRecordId: 'The option showRecordId',
  encryptionInformation: 'Queryable encryption',
  explain: 'The option explain',
}

/** The command's arguments, checked; what the real server would call unknown is refused as it does. */
export function parseArguments<T extends z.ZodType>(schema: T, command: Doc): z.output<T> {
  refuseTransactions(command)
  const own: Doc = {}
  for (const [name, value] of Object.entries(command)) {
    if (name in LACKING && value !== false && !isEmptyDocument(value))
      throw notImplemented(LACKING[name] ?? name)
    if (name === 'writeConcern') checkWriteConcern(value)
    else if (name === 'readConcern') checkReadConcern(value)
    else if (!HARMLESS.has(name) && !(name in LACKING)) own[name] = value
  }
  const parsed = schema.safeParse(own)
  if (parsed.success) return parsed.data
  throw argumentError(Object.keys(command)[0] ?? '', parsed.error)
}

const isEmptyDocument = (value: unknown): boolean =>
  isDocument(value) && Object.keys(value).length === 0

function argumentError(name: string, error: z.ZodError): CommandError {
  const issue = error.issues[0]
  const path = [name, ...(issue?.path ?? [])].join('.')
  if (issue?.code === 'unrecognized_keys')
    return new CommandError(
      'Location40415',
      `BSON field '${path}.${String(issue.keys[0])}' is an unknown field.`,
    )
  return new CommandError(
    'TypeMismatch',
    `BSON field '${path}' is not right: ${issue?.message ?? 'invalid'}`,
  )
}

function refuseTransactions(command: Doc): void {
  if (command.txnNumber !== undefined || command.startTransaction !== undefined)
    throw new CommandError(
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    )
}

function checkWriteConcern(value: unknown): void {
  const w = isDocument(value) ? value.w : undefined
  if (typeof w === 'number' && w > 1)
    throw new CommandError('BadValue', "cannot use 'w' > 1 when a host is not replicated")
}

function checkReadConcern(value: unknown): void {
  const level = isDocument(value) ? value.level : undefined
  const isKnown = ['local', 'available', 'majority', undefined].some((known) => known === level)
  if (!isKnown) throw notImplemented(`Read concern ${JSON.stringify(level)}`)
}
