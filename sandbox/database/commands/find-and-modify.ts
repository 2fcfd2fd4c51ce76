import { z } from 'zod'
import { CommandError } from '../errors.ts'
import { compileProjection } from '../query/project.ts'
import { parseSort } from '../query/sort.ts'
import type { Doc } from '../query/values.ts'
import { collectionName, document, documents, parseArguments } from './arguments.ts'
import { type Command, type CommandContext, namespace } from './context.ts'
import { updateMatching } from './update-matching.ts'

const schema = z.strictObject({
  findAndModify: collectionName,
  query: document.default({}),
  sort: document.default({}),
  update: z.union([document, documents]).optional(),
  remove: z.boolean().default(false),
  new: z.boolean().default(false),
  fields: document.default({}),
  upsert: z.boolean().default(false),
  arrayFilters: documents.default([]),
})
type Arguments = z.output<typeof schema>

/** Finds one document and changes or removes it in one step: how work is claimed. */
export const findAndModify: Command = (command, context) => {
  const args = parseArguments(schema, command)
  if (args.remove === (args.update !== undefined))
    throw new CommandError('FailedToParse', 'Either an update or remove=true must be specified')
  const shape =
    Object.keys(args.fields).length > 0 ? compileProjection(args.fields, context.now) : null
  const { lastErrorObject, value } = args.remove
    ? removeFirst(args, context)
    : updateFirst(args, context)
  return { lastErrorObject, value: value && shape ? shape(value) : (value ?? null) }
}

type Result = { lastErrorObject: Doc; value: Doc | undefined }

function removeFirst(
  { findAndModify: name, query, sort }: Arguments,
  context: CommandContext,
): Result {
  const ns = namespace(context, name)
  const selection = { filter: query, sort: parseSort(sort), now: context.now, limit: 1 }
  const [stored] = context.store.find(ns)?.select(selection) ?? []
  if (stored) context.store.remove(ns, stored)
  return { lastErrorObject: { n: stored ? 1 : 0 }, value: stored?.doc }
}

function updateFirst(args: Arguments, context: CommandContext): Result {
  const { query: filter, update, upsert, arrayFilters, sort } = args
  const statement = { filter, update, upsert, arrayFilters, sort, multi: false }
  const outcome = updateMatching(context, args.findAndModify, statement)
  const { upserted } = outcome
  const lastErrorObject = {
    n: upserted ? 1 : outcome.matched,
    updatedExisting: outcome.matched > 0,
    ...(upserted && { upserted: upserted._id }),
  }
  return { lastErrorObject, value: args.new ? outcome.after : outcome.before }
}
