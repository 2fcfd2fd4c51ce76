import { z } from 'zod'
import { compilePipeline } from '../query/aggregate.ts'
import { compileProjection } from '../query/project.ts'
import { valuesAt } from '../query/paths.ts'
import { parseSort } from '../query/sort.ts'
import { type Doc, encode, isDocument } from '../query/values.ts'
import { collectionName, count, document, documents, parseArguments } from './arguments.ts'
import { type Command, type CommandContext, namespace } from './context.ts'
import { CommandError, notImplemented } from '../errors.ts'

const batchSize = count.optional()

const findArguments = z.strictObject({
  find: collectionName,
  filter: document.default({}),
  projection: document.default({}),
  sort: document.default({}),
  skip: count.default(0),
  limit: count.default(0),
  batchSize,
  singleBatch: z.boolean().optional(),
})

const find: Command = (command, context) => {
  const {
    find: name,
    filter,
    projection,
    sort,
    skip,
    limit,
    ...batch
  } = parseArguments(findArguments, command)
  const ns = namespace(context, name)
  const docs = select(context, ns, { filter, sort, skip, limit })
  const shape =
    Object.keys(projection).length > 0 ? compileProjection(projection, context.now) : undefined
  return context.cursors.start({ ns, docs, now: context.now, ...(shape && { shape }) }, batch)
}

type Wanted = { filter: Doc; sort?: Doc; skip?: number; limit?: number }

function select({ store, now }: CommandContext, ns: string, wanted: Wanted): Doc[] {
  const sort = parseSort(wanted.sort ?? {})
  const selection = { ...wanted, sort, now }
  // A question about nothing is still read, so that a wrong one is refused.
  const collection = store.find(ns) ?? store.nothing
  return collection.select(selection).map(({ doc }) => doc)
}

const getMoreArguments = z.strictObject({
  getMore: z.unknown(),
  collection: collectionName,
  batchSize,
})

const getMore: Command = (command, context) => {
  const { getMore: id, collection, batchSize } = parseArguments(getMoreArguments, command)
  return context.cursors.next(id, namespace(context, collection), { batchSize, now: context.now })
}

const killCursorsArguments = z.strictObject({
  killCursors: collectionName,
  cursors: z.array(z.unknown()),
})

const killCursors: Command = (command, context) =>
  context.cursors.kill(parseArguments(killCursorsArguments, command).cursors)

const countArguments = z.strictObject({
  count: collectionName,
  query: document.default({}),
  skip: count.default(0),
  limit: count.default(0),
})

const countCommand: Command = (command, context) => {
  const { count: name, query, skip, limit } = parseArguments(countArguments, command)
  return { n: select(context, namespace(context, name), { filter: query, skip, limit }).length }
}

const distinctArguments = z.strictObject({
  distinct: collectionName,
  key: z.string().min(1),
  query: document.default({}),
})

const distinct: Command = (command, context) => {
  const { distinct: name, key, query } = parseArguments(distinctArguments, command)
  const docs = select(context, namespace(context, name), { filter: query })
  const values = docs.flatMap((doc) => valuesAt(doc, key.split('.')).flat())
  const byKey = new Map(
    values.filter((value) => value !== undefined).map((value) => [encode(value), value]),
  )
  return { values: [...byKey.keys()].sort().map((encoded) => byKey.get(encoded)) }
}

const aggregateArguments = z.strictObject({
  aggregate: collectionName,
  pipeline: documents,
  cursor: z.strictObject({ batchSize }).optional(),
})

const aggregate: Command = (command, context) => {
  if (command.aggregate === 1) throw notImplemented('Aggregation without a collection')
  const { aggregate: name, pipeline, cursor } = parseArguments(aggregateArguments, command)
  if (!cursor) throw new CommandError('FailedToParse', "The 'cursor' option is required")
  const ns = namespace(context, name)
  const { wanted, rest } = leadingSelection(pipeline)
  const run = compilePipeline(rest, context.now)
  return context.cursors.start(
    { ns, docs: run(select(context, ns, wanted)), now: context.now },
    cursor,
  )
}

/** `$match`, `$sort` and `$limit` at the beginning are a find, so that they use the indexes. */
function leadingSelection(pipeline: Doc[]): { wanted: Wanted; rest: Doc[] } {
  const rest = [...pipeline]
  const takeStage = (name: string): unknown => {
    const operand = rest[0]?.[name]
    if (operand !== undefined) rest.shift()
    return operand
  }
  const [filter, sort] = [takeStage('$match'), takeStage('$sort')]
  if ((filter !== undefined && !isDocument(filter)) || (sort !== undefined && !isDocument(sort)))
    return { wanted: { filter: {} }, rest: pipeline }
  const limit = rest[0]?.$limit
  return {
    wanted: {
      filter: filter ?? {},
      sort: sort ?? {},
      ...(typeof limit === 'number' && limit > 0 && { limit }),
    },
    rest,
  }
}

export const readCommands: Record<string, Command> = {
  find,
  getMore,
  killCursors,
  count: countCommand,
  distinct,
  aggregate,
}
