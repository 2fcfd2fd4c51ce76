import type { Response } from 'express'
import type { z } from 'zod'
import { BadRequestError } from '../errors.ts'

/** A message can quote what came in, so it could be as long. */
const MOST_CHARS = 300
const MOST_FAULTS = 20

/** What came in, in the schema's shape; throws a BadRequestError that names each field at fault. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const read = schema.safeParse(input)
  if (read.success) return read.data
  const fields = read.error.issues.slice(0, MOST_FAULTS).map(({ path, message }) => ({
    path: path.join('.').slice(0, MOST_CHARS),
    message: message.slice(0, MOST_CHARS),
  }))
  throw new BadRequestError('The request is not as FlowCRM needs it.', fields)
}

/** What goes out, in the schema's shape and nothing besides: a field that is not declared stays here. */
export function answer<T>(response: Response, schema: z.ZodType<T>, value: T): void {
  response.json(schema.parse(value))
}
