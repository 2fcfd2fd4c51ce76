import { z } from 'zod'
import { CommandError } from '../errors.ts'
import type { Doc } from '../query/values.ts'
import { collectionName, document, documents, parseArguments } from './arguments.ts'
import { type Command, namespace } from './context.ts'
import { updateMatching } from './update-matching.ts'

const ordered = z.boolean().default(true)
const insertArguments = z.strictObject({ insert: collectionName, documents, ordered })

const insert: Command = (command, context) => {
  const args = parseArguments(insertArguments, command)
  const ns = namespace(context, args.insert)
  let n = 0
  const errors = eachOf(args.documents, args.ordered, (doc) => {
    context.store.insert(ns, doc)
    n++
  })
  return { n, ...errors }
}

const updateStatement = z.strictObject({
  q: document,
  u: z.union([document, documents]),
  upsert: z.boolean().default(false),
  multi: z.boolean().default(false),
  arrayFilters: documents.default([]),
})
const updateArguments = z.strictObject({ update: collectionName, updates: documents, ordered })

const update: Command = (command, context) => {
  const args = parseArguments(updateArguments, command)
  const total = { n: 0, nModified: 0 }
  const upserted: Doc[] = []
  const errors = eachOf(args.updates, args.ordered, (given, index) => {
    const { q, u, ...options } = parseArguments(updateStatement, given)
    const outcome = updateMatching(context, args.update, { filter: q, update: u, ...options })
    total.n += outcome.matched
    total.nModified += outcome.modified
    if (outcome.upserted) {
      total.n++
      upserted.push({ index, _id: outcome.upserted._id })
    }
  })
  return { ...total, ...(upserted.length > 0 && { upserted }), ...errors }
}

const deleteStatement = z.strictObject({
  q: document,
  limit: z.union([z.literal(0), z.literal(1)]),
})
const deleteArguments = z.strictObject({ delete: collectionName, deletes: documents, ordered })

const remove: Command = (command, context) => {
  const args = parseArguments(deleteArguments, command)
  const ns = namespace(context, args.delete)
  let n = 0
  const errors = eachOf(args.deletes, args.ordered, (given) => {
    const { q, limit } = parseArguments(deleteStatement, given)
    const found = context.store.find(ns)?.select({ filter: q, now: context.now, limit }) ?? []
    for (const stored of found) context.store.remove(ns, stored)
    n += found.length
  })
  return { n, ...errors }
}

/** Runs each statement; an ordered list stops at the first that fails. */
function eachOf(items: Doc[], isOrdered: boolean, run: (item: Doc, index: number) => void): Doc {
  const writeErrors: Doc[] = []
  for (const [index, item] of items.entries()) {
    try {
      run(item, index)
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      writeErrors.push({ index, code: error.code, ...error.details, errmsg: error.message })
      if (isOrdered) break
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {}
}

export const writeCommands: Record<string, Command> = { insert, update, delete: remove }
