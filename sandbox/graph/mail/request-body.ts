import type { z } from 'zod'
import { badRequest } from '../errors.ts'
import type { GraphRequest } from '../http/route.ts'

/** The JSON a call carries, checked. Annotations (`@odata.…`) of objects are passed over unless the schema names them. */
export function requestBodyOf<T>(request: GraphRequest, schema: z.ZodType<T>): T {
  const result = schema.safeParse(jsonOf(request))
  if (result.success) return result.data
  const [issue] = result.error.issues
  const where = issue?.path.join('.') ?? ''
  throw badRequest(
    `Cannot read the request body: ${where} ${issue?.message ?? ''}`.trim(),
    'RequestBodyRead',
  )
}

function jsonOf({ body }: GraphRequest): unknown {
  if (body.byteLength === 0) return {}
  try {
    return withoutAnnotations(JSON.parse(Buffer.from(body).toString('utf8')))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw badRequest('Unable to read JSON request payload.', 'BadRequest')
  }
}

function withoutAnnotations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAnnotations)
  if (typeof value !== 'object' || value === null) return value
  const own = Object.entries(value).filter(
    ([name]) => !name.includes('@odata.') || name === '@odata.type',
  )
  return Object.fromEntries(own.map(([name, inner]) => [name, withoutAnnotations(inner)]))
}
