import { z } from 'zod'
import { CommandError, notImplemented } from '../errors.ts'
import { compileQuery } from '../query/match.ts'
import { type Doc, isSame } from '../query/values.ts'
import type { Collection } from '../store/collection.ts'
import type { IndexSpec } from '../store/collection-index.ts'
import { collectionName, count, document, documents, parseArguments } from './arguments.ts'
import { type Command, type CommandContext, namespace } from './context.ts'

const direction = z.union([z.literal(1), z.literal(-1)])
const indexSchema = z.strictObject({
  key: z.record(z.string().min(1), z.unknown()),
  name: z.string().min(1),
  unique: z.boolean().default(false),
  background: z.boolean().optional(),
  v: z.number().optional(),
})
const LACKING = [
  ...['expireAfterSeconds', 'sparse', 'partialFilterExpression', 'collation', 'hidden'],
  ...['wildcardProjection', 'weights', 'default_language', '2dsphereIndexVersion'],
]

function parseIndex(given: Doc): IndexSpec {
  const lacking = LACKING.find((option) => option in given && given[option] !== false)
  if (lacking) throw notImplemented(`An index with ${lacking}`)
  const { key, name, unique } = parseArguments(indexSchema, withoutFalse(given))
  const parsed = z.record(z.string(), direction).safeParse(key)
  const paths = Object.keys(key)
  if (!parsed.success || paths.some((path) => path.includes('$')))
    throw notImplemented(`An index with the key ${JSON.stringify(key)}`)
  if (paths.length === 0 || paths.some((path) => path.split('.').includes('')))
    throw new CommandError('CannotCreateIndex', 'Index keys cannot be an empty field.')
  return { name, key: parsed.data, unique }
}

const withoutFalse = (given: Doc): Doc =>
  Object.fromEntries(
    Object.entries(given).filter(([name, value]) => !LACKING.includes(name) || value !== false),
  )

const createIndexesArguments = z.strictObject({
  createIndexes: collectionName,
  indexes: documents,
  commitQuorum: z.unknown().optional(),
})

const createIndexes: Command = (command, context) => {
  const args = parseArguments(createIndexesArguments, command)
  const ns = namespace(context, args.createIndexes)
  const specs = args.indexes.map(parseIndex)
  const createdCollectionAutomatically = !context.store.find(ns)
  const collection = context.store.ensure(ns)
  const numIndexesBefore = collection.indexes.size
  for (const spec of specs)
    if (!existsAlready(collection, spec)) context.store.createIndex(ns, spec)
  return {
    numIndexesBefore,
    numIndexesAfter: collection.indexes.size,
    createdCollectionAutomatically,
  }
}

/** The same again is no error, the same name or key with another meaning is. */
function existsAlready(collection: Collection, spec: IndexSpec): boolean {
  const sameKey = (other: IndexSpec): boolean => isSame(other.key, spec.key)
  const namesake = collection.indexes.get(spec.name)?.spec
  if (namesake && sameKey(namesake) && (namesake.unique === spec.unique || spec.name === '_id_'))
    return true
  if (namesake)
    throw new CommandError(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. Requested index: ${spec.name}`,
    )
  const twin = [...collection.indexes.values()].find((index) => sameKey(index.spec))
  if (twin && (twin.spec.unique === spec.unique || twin.spec.name === '_id_'))
    throw new CommandError(
      'IndexOptionsConflict',
      `Index already exists with a different name: ${twin.spec.name}`,
    )
  return false
}

const listIndexesArguments = z.strictObject({
  listIndexes: collectionName,
  cursor: z.strictObject({ batchSize: count.optional() }).default({}),
})

const listIndexes: Command = (command, context) => {
  const { listIndexes: name, cursor } = parseArguments(listIndexesArguments, command)
  const ns = namespace(context, name)
  const docs = [...existing(context, name).indexes.values()].map(({ spec }) => ({
    v: 2,
    key: spec.key,
    name: spec.name,
    ...(spec.unique && spec.name !== '_id_' && { unique: true }),
  }))
  return context.cursors.start({ ns, docs, now: context.now }, cursor)
}

function existing(context: CommandContext, name: string): Collection {
  const ns = namespace(context, name)
  const collection = context.store.find(ns)
  if (!collection) throw new CommandError('NamespaceNotFound', `ns does not exist: ${ns}`)
  return collection
}

const dropIndexesArguments = z.strictObject({
  dropIndexes: collectionName,
  index: z.union([z.string(), z.array(z.string()), document]),
})

const dropIndexes: Command = (command, context) => {
  const { dropIndexes: name, index } = parseArguments(dropIndexesArguments, command)
  const { indexes } = existing(context, name)
  const nIndexesWas = indexes.size
  const named =
    index === '*' ? [...indexes.keys()].filter((other) => other !== '_id_') : [index].flat()
  const names = named.map((wanted) => {
    const found = [...indexes.values()].find(({ spec }) =>
      typeof wanted === 'string' ? spec.name === wanted : isSame(spec.key, wanted),
    )
    if (!found)
      throw new CommandError(
        'IndexNotFound',
        `index not found with name [${JSON.stringify(wanted)}]`,
      )
    return found.spec.name
  })
  if (names.includes('_id_')) throw new CommandError('InvalidOptions', 'cannot drop _id index')
  for (const each of names) context.store.dropIndex(namespace(context, name), each)
  return { nIndexesWas }
}

const create: Command = (command, context) => {
  const { create: name } = parseArguments(
    z.strictObject({ create: collectionName }),
    knownOptions(command),
  )
  const ns = namespace(context, name)
  if (context.store.find(ns))
    throw new CommandError('NamespaceExists', `Collection ${ns} already exists.`)
  context.store.ensure(ns)
  return {}
}

const CREATE_LACKING = [
  ...['capped', 'size', 'max', 'timeseries', 'validator', 'viewOn', 'pipeline', 'clusteredIndex'],
  ...['expireAfterSeconds', 'encryptedFields', 'changeStreamPreAndPostImages'],
]

function knownOptions(command: Doc): Doc {
  const lacking = CREATE_LACKING.find((option) => option in command && command[option] !== false)
  if (lacking) throw notImplemented(`A collection with ${lacking}`)
  return command
}

const drop: Command = (command, context) => {
  const { drop: name } = parseArguments(z.strictObject({ drop: collectionName }), command)
  const { indexes } = existing(context, name)
  context.store.drop(namespace(context, name))
  return { nIndexesWas: indexes.size, ns: namespace(context, name) }
}

const dropDatabase: Command = (command, context) => {
  parseArguments(z.strictObject({ dropDatabase: z.unknown() }), command)
  for (const name of namesIn(context)) context.store.drop(namespace(context, name))
  return { dropped: context.database }
}

const namesIn = ({ store, database }: CommandContext): string[] =>
  [...store.collections.keys()]
    .filter((ns) => ns.startsWith(`${database}.`))
    .map((ns) => ns.slice(database.length + 1))

const listCollectionsArguments = z.strictObject({
  listCollections: z.unknown(),
  filter: document.default({}),
  nameOnly: z.boolean().optional(),
  authorizedCollections: z.boolean().optional(),
  cursor: z.strictObject({ batchSize: count.optional() }).default({}),
})

const listCollections: Command = (command, context) => {
  const { filter, nameOnly, cursor } = parseArguments(listCollectionsArguments, command)
  const matches = compileQuery(filter, context.now)
  const idIndex = { v: 2, key: { _id: 1 }, name: '_id_' }
  const docs = namesIn(context)
    .map((name) => ({
      name,
      type: 'collection',
      ...(!nameOnly && { options: {}, info: { readOnly: false }, idIndex }),
    }))
    .filter(matches)
  return context.cursors.start(
    { ns: `${context.database}.$cmd.listCollections`, docs, now: context.now },
    cursor,
  )
}

const listDatabasesArguments = z.strictObject({
  listDatabases: z.unknown(),
  filter: document.default({}),
  nameOnly: z.boolean().optional(),
  authorizedDatabases: z.boolean().optional(),
})

const listDatabases: Command = (command, context) => {
  const { filter, nameOnly } = parseArguments(listDatabasesArguments, command)
  const names = new Set(
    [...context.store.collections.keys()].map((ns) => ns.slice(0, ns.indexOf('.'))),
  )
  const databases = [...names]
    .sort()
    .map((name) => ({ name, ...(!nameOnly && { sizeOnDisk: 0, empty: false }) }))
    .filter(compileQuery(filter, context.now))
  return { databases, ...(!nameOnly && { totalSize: 0 }) }
}

export const catalogCommands: Record<string, Command> = {
  createIndexes,
  listIndexes,
  dropIndexes,
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
}
