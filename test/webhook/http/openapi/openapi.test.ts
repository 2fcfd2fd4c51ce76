import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openApiDocument } from '../../../../webhook/http/openapi/document.ts'
import { operations } from '../../../../webhook/http/openapi/operations.ts'
import { startWorld } from '../../../support/world.ts'
import { lint, lintSchema } from './lint.ts'
import { mountedRoutes } from './mounted-routes.ts'

let world: Awaited<ReturnType<typeof startWorld>>
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const nameOf = ({ method, path }: { method: string; path: string }) =>
  `${method.toUpperCase()} ${path}`

describe('the API’s document', () => {
  it('tells of every route that is mounted, and of no other', () => {
    const mounted = mountedRoutes(world.service.consoleApp())
    const told = operations.map(nameOf)
    expect({
      'mounted, but in no file of webhook/http/openapi/operations': mounted.filter(
        (route) => !told.includes(route),
      ),
      'in webhook/http/openapi/operations, but not mounted': told.filter(
        (route) => !mounted.includes(route),
      ),
    }).toEqual({
      'mounted, but in no file of webhook/http/openapi/operations': [],
      'in webhook/http/openapi/operations, but not mounted': [],
    })
    expect(new Set(told).size).toBe(told.length)
  })

  it('is OpenAPI 3.1, as it is served to anybody', async () => {
    const response = await fetch(`${world.serviceUrl}/api/v1/openapi.json`)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    const document: unknown = await response.json()
    expect(lint(document)).toEqual([])
    const { components } = document as { components: { schemas: Record<string, unknown> } }
    expect(
      Object.entries(components.schemas).flatMap(([name, schema]) => lintSchema(name, schema)),
    ).toEqual([])
    expect(document).toMatchObject({
      servers: [{ url: world.serviceUrl }],
      paths: {
        '/api/v1/mailboxes/{id}/settings': {
          patch: {
            security: [{ session: [], csrf: [] }],
            requestBody: {
              content: {
                'application/json': { schema: { $ref: '#/components/schemas/ChangeSettings' } },
              },
            },
          },
        },
      },
    })
  })

  it.each(operations.map((operation) => [nameOf(operation), operation] as const))(
    'gives examples for %s that its schemas take',
    (_name, { body, answers }) => {
      const given = body && 'json' in body ? [{ json: body.json, example: body.example }] : []
      const answered = Object.values(answers).flatMap(({ json, example }) =>
        json && example !== undefined ? [{ json, example }] : [],
      )
      for (const { json, example } of [...given, ...answered])
        for (const [name, schema] of Object.entries(json)) {
          const read = schema.safeParse(example)
          expect([name, read.error?.issues ?? []]).toEqual([name, []])
        }
    },
  )

  it('is refused by the lint when something is wrong with it', () => {
    const good = JSON.stringify(openApiDocument(operations, 'http://localhost:3000'))
    const broken: [string, (text: string) => string][] = [
      ['another version', (text) => text.replace('"openapi":"3.1.1"', '"openapi":"3.0.3"')],
      ['a reference to nothing', (text) => text.replace('schemas/Mailbox"', 'schemas/Post"')],
      ['a parameter that is not declared', (text) => text.replace('"name":"id"', '"name":"no"')],
      ['the same id twice', (text) => text.replace('"listFolders"', '"listMailboxes"')],
      ['a type that there is not', (text) => text.replace('"type":"string"', '"type":"text"')],
      [
        'a scheme that there is not',
        (text) => text.replace('"security":[{"session"', '"security":[{"sesame"'),
      ],
      ['no answer', (text) => text.replace('"responses":{"200"', '"responses":{"x"')],
    ]
    expect(lint(JSON.parse(good))).toEqual([])
    for (const [what, spoil] of broken) {
      const spoilt = spoil(good)
      expect([what, spoilt === good]).toEqual([what, false])
      const api = JSON.parse(spoilt) as { components: { schemas: object } }
      const inSchemas = Object.entries(api.components.schemas).flatMap(([name, schema]) =>
        lintSchema(name, schema),
      )
      expect([what, lint(api).length + inSchemas.length > 0]).toEqual([what, true])
    }
  })
})
