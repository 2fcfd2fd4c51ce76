import { z } from 'zod'
import { Problem } from '../../../models/wire/problem.ts'
import { SERVICE_VERSION } from '../../version.ts'
import type { Access, Answered, Named, Operation } from './operation.ts'

/** JSON, as far as we write it. */
type Json = { [name: string]: unknown }

/** The API as an OpenAPI 3.1 document, made from the schemas that requests and answers are checked with. */
export function openApiDocument(operations: readonly Operation[], serverUrl: string): Json {
  const schemas = new Schemas()
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = (paths[operation.path] ??= {})
    path[operation.method] = described(operation, schemas)
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'FlowCRM for Outlook',
      version: SERVICE_VERSION,
      description: ABOUT,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { schemas: schemas.all, securitySchemes },
  }
}

const ABOUT = `Errors are RFC 9457 problem details with a stable \`code\`; clients switch on that. What is not yours is a 404,
like what is not there. Lists are read by \`cursor\`: send the \`nextCursor\` of the last answer until it is null. What changes
something from the console needs the session's token as \`x-csrf-token\`.`

const securitySchemes = {
  session: { type: 'apiKey', in: 'cookie', name: 'flowcrm-session' },
  csrf: { type: 'apiKey', in: 'header', name: 'x-csrf-token' },
  pane: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  metrics: { type: 'http', scheme: 'bearer' },
}

/** Schemas by name, each once. */
class Schemas {
  readonly all: Record<string, Json> = {}
  private readonly known = new Map<string, z.ZodType>()

  /** `io`: what is sent to us may leave out what has a default. */
  refTo(named: Named, io: 'input' | 'output'): Json {
    const [entry] = Object.entries(named)
    if (!entry) throw new Error('an operation names no schema')
    const [name, schema] = entry
    const known = this.known.get(name)
    if (known && known !== schema) throw new Error(`two schemas are called ${name}`)
    this.known.set(name, schema)
    this.all[name] ??= jsonSchema(schema, io)
    return { $ref: `#/components/schemas/${name}` }
  }
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return json
}

function described(operation: Operation, schemas: Schemas): Json {
  const { id, tag, summary, method, access, query, body, versioned, answers } = operation
  const parameters = [
    ...pathParameters(operation.path),
    ...(query ? queryParameters(query) : []),
    ...(versioned ? [IF_MATCH] : []),
  ]
  return {
    operationId: id,
    tags: [tag],
    summary,
    security: securityOf(access, method),
    ...(access === 'admin' || access === 'auditor' ? { 'x-role': access } : {}),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: contentOf(body, schemas) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, answered(answer, schemas)]),
      ),
      default: answered(PROBLEM, schemas),
    },
  }
}

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The ETag of the version that is changed.',
  schema: { type: 'string' },
}

const PROBLEM: Answered = {
  about: 'What went wrong, and what to do.',
  type: 'application/problem+json',
  json: { Problem },
}

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))

function queryParameters(query: z.ZodObject): Json[] {
  const { properties = {}, required = [] } = jsonSchema(query, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

function contentOf(body: NonNullable<Operation['body']>, schemas: Schemas): Json {
  if ('type' in body)
    return {
      [body.type]: { schema: { type: 'string', description: body.about }, example: body.example },
    }
  const schema = schemas.refTo(body.json, 'input')
  return { 'application/json': { schema, example: body.example } }
}

function answered({ about, json, type, example }: Answered, schemas: Schemas): Json {
  if (!json && !type) return { description: about }
  const schema = json ? schemas.refTo(json, 'output') : { type: 'string' }
  const content = { schema, ...(example !== undefined && { example }) }
  return { description: about, content: { [type ?? 'application/json']: content } }
}

function securityOf(access: Access, method: Operation['method']): Json[] {
  if (access === 'anyone' || access === 'graph') return []
  if (access === 'pane' || access === 'metrics') return [{ [access]: [] }]
  return [method === 'get' ? { session: [] } : { session: [], csrf: [] }]
}
