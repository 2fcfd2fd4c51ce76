import { ObjectId } from 'bson'
import { isOperators } from '../query/match.ts'
import { parseSort } from '../query/sort.ts'
import { compileUpdate } from '../query/update.ts'
import { placesAt, write } from '../query/update-paths.ts'
import { type Doc, isDocument } from '../query/values.ts'
import { type CommandContext, namespace } from './context.ts'

export type UpdateStatement = {
  filter: Doc
  update: unknown
  upsert: boolean
  multi: boolean
  arrayFilters: Doc[]
  sort?: Doc
}
export type Outcome = {
  matched: number
  modified: number
  before?: Doc
  after?: Doc
  upserted?: Doc
}

/** Changes what matches; when nothing does and `upsert` says so, inserts what the filter and the update describe. */
export function updateMatching(
  context: CommandContext,
  collection: string,
  statement: UpdateStatement,
): Outcome {
  const { store, now } = context
  const ns = namespace(context, collection)
  const update = compileUpdate({ ...statement, now })
  const sort = parseSort(statement.sort ?? {})
  const found = (store.find(ns) ?? store.nothing).select({
    filter: statement.filter,
    now,
    sort,
    limit: statement.multi ? 0 : 1,
  })
  if (found.length === 0 && statement.upsert) {
    const described = update(fixedBy(statement.filter), true)
    const upserted = store.insert(
      ns,
      '_id' in described ? described : { _id: new ObjectId(), ...described },
    )
    return { matched: 0, modified: 0, after: upserted, upserted }
  }
  const outcome: Outcome = { matched: found.length, modified: 0 }
  for (const stored of found) {
    const before = stored.doc
    const after = update(before)
    if (after !== before) {
      store.replace(ns, stored, after)
      outcome.modified++
    }
    outcome.before ??= before
    outcome.after ??= after
  }
  return outcome
}

/** The fields a filter fixes by equality: an upsert begins with them. */
function fixedBy(filter: Doc, doc: Doc = {}): Doc {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' && Array.isArray(condition))
      for (const part of condition.filter(isDocument)) fixedBy(part, doc)
    if (path.startsWith('$')) continue
    if (isOperators(condition) && !('$eq' in condition)) continue
    const value = isOperators(condition) ? condition.$eq : condition
    for (const place of placesAt(doc, path, { create: true, filters: new Map() }))
      write(place, value)
  }
  return doc
}
