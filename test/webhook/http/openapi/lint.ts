/** What is wrong with an OpenAPI 3.1 document, structurally; one sentence for each fault. */
export function lint(document: unknown): string[] {
  const faults: string[] = []
  const api = asObject(document)
  if (!/^3\.1\.\d+$/.test(String(api['openapi']))) faults.push('openapi is not 3.1')
  const info = asObject(api['info'])
  for (const field of ['title', 'version'])
    if (typeof info[field] !== 'string' || !info[field]) faults.push(`info.${field} is missing`)
  for (const server of asList(api['servers']))
    if (!URL.canParse(String(asObject(server)['url']))) faults.push('a server has no url')
  const ids = new Set<string>()
  for (const [path, item] of Object.entries(asObject(api['paths']))) {
    if (!path.startsWith('/')) faults.push(`${path} does not begin with a slash`)
    for (const [method, operation] of Object.entries(asObject(item)))
      faults.push(...lintOperation(`${method} ${path}`, asObject(operation), { api, ids }))
  }
  faults.push(...danglingRefs(api))
  return faults
}

type Context = { api: Bag; ids: Set<string> }

function lintOperation(where: string, operation: Bag, { api, ids }: Context): string[] {
  const faults: string[] = []
  const [method = '', path = ''] = where.split(' ')
  if (!METHODS.has(method)) faults.push(`${where}: no such method`)
  const id = textOf(operation['operationId'])
  if (!/^[a-z]\w+$/.test(id)) faults.push(`${where}: operationId ${id} is no name`)
  if (ids.has(id)) faults.push(`${where}: operationId ${id} is there twice`)
  ids.add(id)
  if (!operation['summary']) faults.push(`${where}: no summary`)
  if (!('security' in operation)) faults.push(`${where}: does not say who may call`)
  const known = asObject(asObject(api['components'])['securitySchemes'])
  for (const requirement of asList(operation['security']))
    for (const scheme of Object.keys(asObject(requirement)))
      if (!(scheme in known)) faults.push(`${where}: no security scheme ${scheme}`)
  return [...faults, ...lintParameters(where, operation, path), ...lintBodies(where, operation)]
}

function lintParameters(where: string, operation: Bag, path: string): string[] {
  const faults: string[] = []
  const declared = asList(operation['parameters']).map(asObject)
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  for (const name of inPath)
    if (
      !declared.some((each) => each['in'] === 'path' && each['name'] === name && each['required'])
    )
      faults.push(`${where}: parameter ${name} is not declared as required`)
  for (const each of declared)
    if (each['in'] === 'path' && !inPath.includes(String(each['name'])))
      faults.push(`${where}: parameter ${String(each['name'])} is not in the path`)
  for (const each of declared)
    faults.push(...lintSchema(`${where} ${String(each['name'])}`, each['schema']))
  return faults
}

function lintBodies(where: string, operation: Bag): string[] {
  const faults: string[] = []
  const responses = Object.entries(asObject(operation['responses']))
  if (!responses.some(([status]) => /^[23]\d\d$/.test(status)))
    faults.push(`${where}: no answer when all is well`)
  if (!responses.some(([status]) => status === 'default')) faults.push(`${where}: no error answer`)
  const bodies = [...responses, ['request', operation['requestBody']] as const]
  for (const [status, body] of bodies) {
    if (status !== 'request' && !asObject(body)['description'])
      faults.push(`${where} ${status}: no description`)
    for (const [type, media] of Object.entries(asObject(asObject(body)['content']))) {
      if (!/^[\w.+-]+\/[\w.+-]+$/.test(type)) faults.push(`${where} ${status}: ${type} is no type`)
      const { schema } = asObject(media)
      faults.push(...lintSchema(`${where} ${status}`, schema))
      if (status === 'request' && !('example' in asObject(media)))
        faults.push(`${where}: the body has no example`)
    }
  }
  return faults
}

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete'])
const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'])

/** JSON Schema 2020-12, as far as a wrong keyword would mislead a reader. */
export function lintSchema(where: string, schema: unknown): string[] {
  if (typeof schema === 'boolean') return []
  const node = asObject(schema)
  const faults: string[] = []
  const types = [node['type']].flat().filter((type) => type !== undefined)
  for (const type of types)
    if (!TYPES.has(textOf(type))) faults.push(`${where}: no type ${textOf(type)}`)
  if ('nullable' in node) faults.push(`${where}: nullable is not in 3.1`)
  const properties = asObject(node['properties'])
  for (const name of asList(node['required']))
    if (!(String(name) in properties)) faults.push(`${where}: ${String(name)} is required, unknown`)
  const inner = [
    ...Object.values(properties),
    ...['anyOf', 'oneOf', 'allOf', 'prefixItems'].flatMap((key) => asList(node[key])),
    ...['items', 'additionalProperties', 'not'].flatMap((key) => (key in node ? [node[key]] : [])),
  ]
  return [...faults, ...inner.flatMap((each) => lintSchema(where, each))]
}

function danglingRefs(api: Bag): string[] {
  const faults: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, each] of Object.entries(value))
      if (key === '$ref' && !isThere(api, String(each)))
        faults.push(`${String(each)} leads nowhere`)
      else visit(each)
  }
  visit(api)
  return faults
}

function isThere(api: Bag, ref: string): boolean {
  if (!ref.startsWith('#/')) return false
  let here: unknown = api
  for (const name of ref.slice(2).split('/')) here = asObject(here)[name]
  return here !== undefined
}

type Bag = Record<string, unknown>
const asObject = (value: unknown): Bag =>
  typeof value === 'object' && value !== null ? (value as Bag) : {}
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
