import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { operations } from '../../../../webhook/http/openapi/operations.ts'
import { mountedRoutes } from '../openapi/mounted-routes.ts'
import { identitiesOf, identityNames, type IdentityName } from './identities.ts'
import { addressOf, bodyOf, knock, versionOf } from './knock.ts'
import { CANARY, startMatrixWorld } from './objects.ts'
import { rows } from './rows.ts'
import type { Row } from './row.ts'

let world: Awaited<ReturnType<typeof startMatrixWorld>>
let identities: ReturnType<typeof identitiesOf>
/** Made once; a route that ends a session gets one of its own. */
const made = new Map<IdentityName, Record<string, string>>()
beforeAll(async () => {
  world = await startMatrixWorld()
  identities = identitiesOf(world)
})
afterAll(() => world[Symbol.asyncDispose]())

async function headersOf(name: IdentityName, row: Row) {
  if (row.route === 'POST /auth/sign-out') return identities[name]()
  const headers = made.get(name) ?? (await identities[name]())
  made.set(name, headers)
  return headers
}

async function call(row: Row, name: IdentityName, other?: string) {
  const headers = await headersOf(name, row)
  const version = await versionOf(world, row, headers)
  return knock(world, row, {
    address: addressOf(row, world.objects, other),
    headers: { ...headers, ...(version && { 'if-match': version }) },
    ...bodyOf(row, world.objects),
  })
}

const byRoute = rows.map((row) => [row.route, row] as const)
const changing = byRoute.filter(([route, { expected }]) => {
  const isChange = !route.startsWith('GET ')
  return isChange && expected.nobody === 401 && expected['alice’s add-in'] === 401
})

describe('the route matrix (E2)', () => {
  it('has a row for every route that is mounted', () => {
    const without = mountedRoutes(world.service.consoleApp()).filter(
      (route) => !rows.some((row) => row.route === route),
    )
    expect({ 'add a row for each in test/webhook/http/matrix/rows/': without }).toEqual({
      'add a row for each in test/webhook/http/matrix/rows/': [],
    })
    expect(new Set(rows.map(({ route }) => route)).size).toBe(rows.length)
  })

  it('agrees with what the API’s document says of who may call', () => {
    const mayBeCalledBy = ({ expected }: Row, name: IdentityName) => expected[name] < 400
    const wrong = operations.flatMap(({ method, path, access }) => {
      const route = `${method.toUpperCase()} ${path}`
      const row = rows.find((each) => each.route === route)
      if (!row) return [`${route} has no row`]
      const faults: string[] = []
      const open = access === 'anyone' || access === 'graph'
      if (!open && mayBeCalledBy(row, 'nobody')) faults.push(`${route} is open to anybody`)
      if (access === 'pane' && mayBeCalledBy(row, 'alice')) faults.push(`${route} takes sessions`)
      if (access === 'person' && mayBeCalledBy(row, 'alice’s add-in'))
        faults.push(`${route} takes tokens`)
      if (access === 'admin' && (mayBeCalledBy(row, 'alice') || mayBeCalledBy(row, 'auditor')))
        faults.push(`${route} is open to who is no administrator`)
      return faults
    })
    expect(wrong).toEqual([])
  })

  it.each(byRoute)('%s gives everybody what they may have', async (_route, row) => {
    const given: Partial<Record<IdentityName, number>> = {}
    const knockAs = async (name: IdentityName) => {
      const { status, text, headers } = await call(row, name)
      given[name] = status
      expect([name, headerFaults(row, headers)]).toEqual([name, []])
      if (row.expected[name] >= 400) expect([name, text.includes(CANARY)]).toEqual([name, false])
    }
    // Whoever is refused comes first, so that they meet what is still there.
    await Promise.all(identityNames.filter((name) => row.expected[name] >= 400).map(knockAs))
    for (const name of identityNames) if (row.expected[name] < 400) await knockAs(name)
    expect(given).toEqual(row.expected)
  })

  it.each(byRoute.filter(([, { params }]) => Object.keys(params).length > 0))(
    '%s: what is not theirs is as absent as what never was',
    async (_route, row) => {
      const strangers = ['bob', 'carol of another tenant'] as const
      const denied = strangers.filter((name) => row.expected[name] === 404)
      expect(denied).toContain('carol of another tenant')
      for (const name of denied) {
        const theirs = await call(row, name)
        const missing = await call(row, name, 'never-was-here')
        expect([name, missing.status, withoutId(missing.text)]).toEqual([
          name,
          theirs.status,
          withoutId(theirs.text),
        ])
      }
    },
  )
})

/** What keeps a browser in bounds whatever is answered (E9); an acknowledgement to Graph is no page and has no body. */
function headerFaults({ route }: Row, headers: Headers): string[] {
  if (route.includes('/webhooks/')) return []
  const policy = headers.get('content-security-policy') ?? ''
  const isPublic = route.includes('/.well-known/')
  const demands: [string, boolean][] = [
    ['default-src none', policy.includes("default-src 'none'")],
    ['base-uri none', policy.includes("base-uri 'none'")],
    ['frame-ancestors', /frame-ancestors '(none|self)'/.test(policy)],
    ['no unsafe scripts', !/(script-src|default-src)[^;]*'unsafe-(inline|eval)'/.test(policy)],
    ['nosniff', headers.get('x-content-type-options') === 'nosniff'],
    ['no referrer', headers.get('referrer-policy') === 'no-referrer'],
    ['nothing of itself', !headers.has('x-powered-by') && !headers.has('server')],
    ['no other origin', isPublic || !headers.has('access-control-allow-origin')],
    ['no credentials', !headers.has('access-control-allow-credentials')],
  ]
  return demands.filter(([, isMet]) => !isMet).map(([what]) => what)
}

const withoutId = (text: string) => text.replace(/"requestId":"[^"]*"/, '')

describe('a change that our own page did not ask for (E4)', () => {
  const forgeries: [string, (own: Record<string, string>) => Record<string, string>][] = [
    ['without the token', ({ 'x-csrf-token': _, ...rest }) => rest],
    ['with an empty token', (own) => ({ ...own, 'x-csrf-token': '' })],
    ['with another token', (own) => ({ ...own, 'x-csrf-token': 'A'.repeat(43) })],
    ['from another origin', (own) => ({ ...own, origin: 'https://evil.example' })],
    ['from the origin null', (own) => ({ ...own, origin: 'null' })],
    ['from the add-in’s origin', (own) => ({ ...own, origin: world.addinUrl })],
    ['cross-site', (own) => ({ ...own, 'sec-fetch-site': 'cross-site' })],
    ['same-site', (own) => ({ ...own, 'sec-fetch-site': 'same-site' })],
    [
      'as a form',
      ({ cookie = '' }) => ({ cookie, 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    ['as plain text', ({ cookie = '' }) => ({ cookie, 'content-type': 'text/plain' })],
    [
      'by another method in a header',
      ({ cookie = '' }) => ({ cookie, 'x-http-method-override': 'GET', 'x-http-method': 'GET' }),
    ],
  ]

  it.each(changing)('%s is refused in every way', async (_route, row) => {
    const own = await identities.admin()
    const address = addressOf(row, world.objects)
    const forge = async ([how, forged]: (typeof forgeries)[number]) => {
      const request = { address, headers: forged(own), ...bodyOf(row, world.objects) }
      const { status, text } = await knock(world, row, request)
      expect([how, status, text]).toEqual([how, 403, expect.stringContaining('"code":"csrf"')])
    }
    await Promise.all(forgeries.map(forge))
  })
})
