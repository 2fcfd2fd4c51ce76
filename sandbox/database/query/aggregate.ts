import { CommandError, notImplemented } from '../errors.ts'
import { compileExpression } from './expression.ts'
import { compileGroup } from './group.ts'
import { compileQuery } from './match.ts'
import { copyContainers } from './paths.ts'
import { compileAssignments, compileProjection, flatten } from './project.ts'
import { parseSort, sortBy } from './sort.ts'
import { type Doc, isDocument } from './values.ts'

export type Stage = (docs: Doc[]) => Doc[]

const badValue = (message: string): CommandError => new CommandError('BadValue', message)

function asDocument(name: string, value: unknown): Doc {
  if (!isDocument(value)) throw badValue(`${name} needs an object`)
  return value
}

function asCount(name: string, value: unknown): number {
  if (typeof value !== 'number' || value < (name === '$limit' ? 1 : 0) || !Number.isInteger(value))
    throw badValue(`invalid argument to ${name} stage`)
  return value
}

const replaceRoot = (source: unknown, now: Date): Stage => {
  const root = compileExpression(source, now)
  return (docs) =>
    docs.map((doc) => {
      const result = root(doc)
      if (!isDocument(result)) throw badValue("'newRoot' expression must evaluate to an object")
      return result
    })
}

const addFields = (spec: unknown, now: Date): Stage => {
  const assign = compileAssignments(flatten(asDocument('$set', spec)), now)
  return (docs) => docs.map((doc) => assign(doc, doc))
}

const unset = (spec: unknown, now: Date): Stage => {
  const names = (Array.isArray(spec) ? spec : [spec]) as string[]
  const project = compileProjection(Object.fromEntries(names.map((name) => [name, 0])), now)
  return (docs) => docs.map(project)
}

function unwind(spec: unknown): Stage {
  const options = isDocument(spec) ? spec : { path: spec }
  const { path, preserveNullAndEmptyArrays: keepsEmpty, includeArrayIndex } = options
  if (typeof path !== 'string' || !path.startsWith('$')) throw badValue('$unwind needs a $path')
  if (path.includes('.') || includeArrayIndex)
    throw notImplemented('$unwind of a nested path or with an index')
  const name = path.slice(1)
  return (docs) =>
    docs.flatMap((doc) => {
      const value = doc[name]
      const items = Array.isArray(value) ? (value as unknown[]) : value == null ? [] : [value]
      if (items.length > 0) return items.map((item) => ({ ...doc, [name]: item }))
      if (!keepsEmpty) return []
      const { [name]: emptied, ...rest } = doc
      return [emptied === null ? doc : rest]
    })
}

function facet(spec: unknown, now: Date): Stage {
  const branches = Object.entries(asDocument('$facet', spec)).map(
    ([name, stages]) => [name, compilePipeline(stages, now)] as const,
  )
  return (docs) => [Object.fromEntries(branches.map(([name, run]) => [name, run(docs)]))]
}

const STAGES: Record<string, (spec: unknown, now: Date) => Stage> = {
  $match: (spec, now) => {
    const matches = compileQuery(asDocument('$match', spec), now)
    return (docs) => docs.filter(matches)
  },
  $sort: (spec) => {
    const order = parseSort(asDocument('$sort', spec))
    return (docs) => sortBy(docs, order, (doc) => doc)
  },
  $limit: (spec) => (docs) => docs.slice(0, asCount('$limit', spec)),
  $skip: (spec) => (docs) => docs.slice(asCount('$skip', spec)),
  $count: (spec) => (docs) => (docs.length > 0 ? [{ [String(spec)]: docs.length }] : []),
  $project: (spec, now) => {
    const project = compileProjection(asDocument('$project', spec), now)
    return (docs) => docs.map(project)
  },
  $addFields: addFields,
  $set: addFields,
  $unset: unset,
  $replaceRoot: (spec, now) => replaceRoot(asDocument('$replaceRoot', spec).newRoot, now),
  $replaceWith: replaceRoot,
  $unwind: unwind,
  $group: (spec, now) => compileGroup(asDocument('$group', spec), now),
  $sortByCount: (spec, now) => {
    const group = compileGroup({ _id: spec, count: { $sum: 1 } }, now)
    return (docs) => sortBy(group(docs), [['count', -1]], (doc) => doc)
  },
  $facet: facet,
}

const LACKING = new Set([
  ...[
    '$lookup',
    '$graphLookup',
    '$unionWith',
    '$out',
    '$merge',
    '$bucket',
    '$bucketAuto',
    '$sample',
  ],
  ...['$geoNear', '$redact', '$setWindowFields', '$densify', '$fill', '$documents', '$indexStats'],
  ...['$collStats', '$search', '$searchMeta', '$vectorSearch', '$currentOp', '$listSessions'],
])

/** The pipeline as one function; an unknown stage is refused before anything runs. */
export function compilePipeline(pipeline: unknown, now: Date): Stage {
  if (!Array.isArray(pipeline))
    throw new CommandError('TypeMismatch', "'pipeline' must be an array")
  const stages = pipeline.map((stage: unknown) => {
    const [entry, ...more] = Object.entries(asDocument('A pipeline stage', stage))
    if (!entry || more.length > 0)
      throw new CommandError(
        'Location40324',
        'A pipeline stage specification object must contain exactly one field.',
      )
    const [name, spec] = entry
    const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined
    if (!compile) throw unknownStage(name)
    return compile(spec, now)
  })
  return (docs) => stages.reduce((current, stage) => stage(current), docs)
}

function unknownStage(name: string): CommandError {
  if (name === '$changeStream')
    return new CommandError(
      'Location40573',
      'The $changeStream stage is only supported on replica sets',
    )
  if (LACKING.has(name)) return notImplemented(`Pipeline stage ${name}`)
  return new CommandError('Location40324', `Unrecognized pipeline stage name: '${name}'`)
}

const UPDATE_STAGES = ['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']

/** An update written as a pipeline: a subset of the stages, run on one document. */
export function compileUpdatePipeline(pipeline: Doc[], now: Date): (doc: Doc) => Doc {
  const wrong = pipeline.flatMap(Object.keys).find((name) => !UPDATE_STAGES.includes(name))
  if (wrong)
    throw new CommandError('InvalidOptions', `${wrong} is not allowed to be used within an update`)
  const run = compilePipeline(pipeline, now)
  return (doc) => copyContainers(run([doc])[0] ?? doc)
}
