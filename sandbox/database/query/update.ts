import { CommandError } from '../errors.ts'
import { compileUpdatePipeline } from './aggregate.ts'
import { compileQuery } from './match.ts'
import { copyContainers } from './paths.ts'
import { createsFields, operandsOf, updateOperator } from './update-operators.ts'
import { type ArrayFilters, erase, placesAt, read, write } from './update-paths.ts'
import { type Doc, encode, isDocument, isSame } from './values.ts'

/** The document as it will be, or the very same object when nothing changes. */
export type Update = (doc: Doc, inserting?: boolean) => Doc
export type UpdateSource = { update: unknown; arrayFilters: Doc[]; multi: boolean; now: Date }

/** Operators, a whole replacement, or a pipeline: which one is told by the first key. */
export function compileUpdate(source: UpdateSource): Update {
  const { update, now } = source
  if (Array.isArray(update)) return keepingId(compileUpdatePipeline(update.filter(isDocument), now))
  if (!isDocument(update))
    throw new CommandError('FailedToParse', 'Update argument must be either an object or an array')
  if (Object.keys(update)[0]?.startsWith('$')) return keepingId(compileOperators(update, source))
  const wrong = Object.keys(update).find((name) => name.startsWith('$'))
  if (wrong)
    throw new CommandError(
      'BadValue',
      `The dollar ($) prefixed field '${wrong}' is not allowed in the context of an update's replacement document`,
    )
  if (source.multi)
    throw new CommandError(
      'FailedToParse',
      'multi update is not supported for replacement-style update',
    )
  return keepingId((doc) => ('_id' in doc ? { _id: doc._id, ...update } : update))
}

/** `_id` never changes, and no change at all gives the same object back. */
function keepingId(update: Update): Update {
  return (doc, inserting) => {
    const next = update(doc, inserting)
    if ('_id' in doc && !isSame(next._id, doc._id))
      throw new CommandError(
        'ImmutableField',
        `Performing an update on the path '_id' would modify the immutable field '_id'`,
      )
    return next === doc || encode(next) === encode(doc) ? doc : next
  }
}

function compileOperators(update: Doc, { arrayFilters, now }: UpdateSource): Update {
  const filters = compileArrayFilters(arrayFilters, now)
  const steps = Object.entries(update).flatMap(([name, fields]) => {
    const apply = updateOperator(name)
    return Object.entries(operandsOf(name, fields)).map(([path, operand]) => ({
      name,
      path,
      operand,
      apply,
    }))
  })
  refuseConflicts(steps.map(({ path }) => path))
  return (doc, inserting = false) => {
    const next = copyContainers(doc)
    for (const { name, path, operand, apply } of steps) {
      if (name === '$setOnInsert' && !inserting) continue
      for (const place of placesAt(next, path, { create: createsFields(name), filters })) {
        const value = apply(read(place), operand, { now, path, id: doc._id })
        if (value === undefined) erase(place)
        else write(place, value)
      }
    }
    return next
  }
}

/** MongoDB refuses two operators on one path, or on a path and its parent. */
function refuseConflicts(paths: string[]): void {
  const sorted = paths.map((path) => `${path}.`).sort()
  sorted.forEach((path, at) => {
    const next = sorted[at + 1]
    if (path === '.' || path.includes('..') || path.startsWith('.'))
      throw new CommandError(
        'BadValue',
        `The update path '${path.slice(0, -1)}' contains an empty field name`,
      )
    if (!next?.startsWith(path)) return
    const [shorter, longer] = [path.slice(0, -1), next.slice(0, -1)]
    throw new CommandError(
      'ConflictingUpdateOperators',
      `Updating the path '${longer}' would create a conflict at '${shorter}'`,
    )
  })
}

/** `{'item.price': 5}` chooses the elements `item` that match; `{item: 5}` compares the element itself. */
function compileArrayFilters(arrayFilters: Doc[], now: Date): ArrayFilters {
  return new Map(
    arrayFilters.map((filter) => {
      const [name = ''] = (Object.keys(filter)[0] ?? '').split('.')
      if (
        name === '' ||
        name.startsWith('$') ||
        Object.keys(filter).some((key) => key.split('.')[0] !== name)
      )
        throw new CommandError(
          'FailedToParse',
          'Expected a single top-level field name in an array filter',
        )
      const matches = compileQuery(filter, now)
      return [name, (element: unknown) => matches({ [name]: element })]
    }),
  )
}
