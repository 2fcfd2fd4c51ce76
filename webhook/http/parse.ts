import type { Response } from 'express'
import type { z } from 'zod'
import { BadRequestError } from '../errors.ts'

/** What came in, in the schema's shape; throws a BadRequestError that names each field at fault. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const read = schema.safeParse(input)
  if (read.success) return read.data
  const fields = read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new BadRequestError('The request is not as FlowCRM needs it.', fields.slice(0, 20))
}

/** What goes out, in the schema's shape and nothing besides: a field that is not declared stays here. */
export function answer<T>(response: Response, schema: z.ZodType<T>, value: T): void {
  response.json(schema.parse(value))
}
