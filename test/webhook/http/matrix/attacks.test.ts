import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Random } from '../../../../sandbox/random.ts'
import { operations } from '../../../../webhook/http/openapi/operations.ts'
import { identitiesOf } from './identities.ts'
import { addressOf, knock, versionOf } from './knock.ts'
import { CANARY, startMatrixWorld } from './objects.ts'
import type { Row } from './row.ts'
import { rows } from './rows.ts'
import { awkwardBodies, foreignFields, injections, pollutions, queryInjections } from './vectors.ts'

let world: Awaited<ReturnType<typeof startMatrixWorld>>
/** As whoever may most, so that nothing is refused for another reason. */
let keys: Record<'admin' | 'alice’s add-in' | 'carol of another tenant', Record<string, string>>
beforeAll(async () => {
  world = await startMatrixWorld()
  const identities = identitiesOf(world)
  keys = {
    admin: await identities.admin(),
    'alice’s add-in': await identities['alice’s add-in'](),
    'carol of another tenant': await identities['carol of another tenant'](),
  }
})
afterAll(() => world[Symbol.asyncDispose]())

const isWebhook = ({ route }: Row) => route.includes('/webhooks/')
const allowed = (row: Row): keyof typeof keys =>
  row.expected['alice’s add-in'] < 400 && row.expected.admin >= 400 ? 'alice’s add-in' : 'admin'

/** Routes that read JSON of somebody who is signed in; Graph's are attacked in test/webhook/notifications. */
const withBody = rows.filter((row) => row.body && !isWebhook(row))
const takingQuery = rows.filter(
  (row) => row.route.startsWith('GET /api/v1/') && !row.route.endsWith('/events'),
)
const named = (some: Row[]) => some.map((row) => [row.route, row] as const)

/**
 * Every vector meets some route and every route some vectors, a few at a time and other ones for each; with ATTACKS=all
 * every one meets every route, which takes minutes.
 */
function some<T>(items: readonly T[], most: number, row: Row): readonly T[] {
  if (process.env['ATTACKS'] === 'all' || items.length <= most) return items
  const from = (rows.indexOf(row) * most) % items.length
  return [...items, ...items].slice(from, from + most)
}

const versions = new Map<Row, string | null>()

async function send(row: Row, body: string) {
  const headers = keys[allowed(row)]
  if (!versions.has(row)) versions.set(row, await versionOf(world, row, headers))
  const version = versions.get(row)
  const { status } = await knock(world, row, {
    address: addressOf(row, world.objects),
    headers: { ...headers, ...(version && { 'if-match': version }) },
    body,
  })
  return { status }
}

const isRefused = ({ status }: { status: number }) => status >= 400 && status < 500

/** The body that would be taken, with one thing in it replaced: each field, at whatever depth. */
function* withEachField(body: unknown, value: unknown): Generator<unknown> {
  if (typeof body !== 'object' || body === null) return
  for (const [name, inner] of Object.entries(body)) {
    const replaced = (by: unknown) =>
      Array.isArray(body) ? body.with(Number(name), by) : { ...body, [name]: by }
    yield replaced(value)
    for (const deeper of withEachField(inner, value)) yield replaced(deeper)
  }
}

const sentBy = async <T>(row: Row, bodies: readonly T[], textOf: (body: T) => string) => {
  const answers = await inTurn(bodies, (body) => send(row, textOf(body)))
  return bodies.map((body, at) => ({ body, ...answers[at]! }))
}
const through = (sent: { body: unknown; status: number }[]) =>
  sent.filter((one) => !isRefused(one)).map(({ body, status }) => ({ body, status }))

describe('JSON that is not worth reading (I3)', () => {
  it.each(named(withBody))('is refused by %s', async (_route, row) => {
    const sent = await sentBy(row, some(awkwardBodies, 3, row), ([, text]) => text())
    expect(through(sent)).toEqual([])
  })
})

describe('a prototype (I4)', () => {
  it.each(named(withBody))('is not reached through %s', async (_route, row) => {
    const taken = JSON.stringify(row.body?.(world.objects))
    const bodies = some(pollutions, 3, row).flatMap((text) => [text, merged(taken, text)])
    expect(through(await sentBy(row, bodies, String))).toEqual([])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  /** Both objects' fields in one text, as a merge would have it. */
  const merged = (one: string, other: string) =>
    one.length > 2 && other.startsWith('{') ? `${one.slice(0, -1)},${other.slice(1)}` : other
})

describe('a query operator (I5)', () => {
  const attacks = (row: Row) => {
    const taken = row.body?.(world.objects)
    return injections
      .flatMap((value) => [...withEachField(taken, value), value])
      .filter(hasOperator)
  }
  const hasOperator = (body: unknown) => /"\$|_bsontype|"a\.b"/.test(JSON.stringify(body))

  it.each(named(withBody))('is refused in the fields of %s', async (_route, row) => {
    expect(through(await sentBy(row, some(attacks(row), 6, row), JSON.stringify))).toEqual([])
  })

  it.each(named(withBody))(
    'is nothing that the schema of %s takes, in any field',
    (_route, row) => {
      const json = schemaOf(row)
      for (const body of attacks(row))
        expect([body, json?.safeParse(body).success]).toEqual([body, false])
    },
  )

  it.each(named(takingQuery))('is text, or refused, in the address of %s', async (_route, row) => {
    const parameters = ['limit', 'cursor', 'mailbox', 'q', 'action', 'userId', 'x']
    const all = parameters.flatMap((name) =>
      queryInjections.map((rest) => `${addressOf(row, world.objects)}?${name}${rest}`),
    )
    const addresses = some(all, 5, row)
    const answers = await inTurn(addresses, (address) =>
      knock(world, row, { address, headers: keys.admin }),
    )
    expect(addresses.filter((_, at) => answers[at]!.status >= 500)).toEqual([])
    for (const { headers } of answers) expect(headers.get('set-cookie')).toBeNull()
  })
})

describe('a field that is ours to set (I6)', () => {
  const foreignTo = (row: Row) => {
    const taken = row.body?.(world.objects) as Record<string, unknown>
    return Object.entries(foreignFields)
      .filter(([name]) => !(name in taken))
      .map(([name, value]) => ({ ...taken, [name]: value }))
  }

  it.each(named(withBody))('is refused by %s', async (_route, row) => {
    expect(through(await sentBy(row, some(foreignTo(row), 3, row), JSON.stringify))).toEqual([])
  })

  it.each(named(withBody))('is nothing that the schema of %s takes', (_route, row) => {
    const json = schemaOf(row)
    const bodies = foreignTo(row)
    expect(bodies.length).toBeGreaterThanOrEqual(25)
    expect(bodies.filter((body) => json?.safeParse(body).success !== false)).toEqual([])
  })
})

/** What the API's document says that the route takes; that it is what the route looks at, the samples show. */
function schemaOf({ route }: Row) {
  const [method = '', path] = route.split(' ')
  const body = operations.find(
    (one) => one.path === path && one.method === method.toLowerCase(),
  )?.body
  return body && 'json' in body ? Object.values(body.json)[0] : undefined
}

const IDS = process.env['ATTACKS'] === 'all' ? 10_000 : 150

describe('another tenant’s ids (E3)', () => {
  it(
    `open nothing, whatever ${IDS} of them are put into`,
    async () => {
      const random = new Random(33)
      const ids = Object.values(world.objects)
      const disguised = [
        (id: string) => id,
        (id: string) => encodeURIComponent(id),
        (id: string) => `${id}%00`,
        (id: string) => `${id}%20`,
        (id: string) => id.toUpperCase(),
        (id: string) => `${id}/`,
        (id: string) => `..%2f${id}`,
        (id: string) => `${id}?workspaceId=0c0a7050-5e1d-4f3a-9b6e-3d1f00c0a701`,
        (id: string) => `${id}?ownerUserId=a11ce000-0001-4a11-8ce0-00000000a11c`,
        (id: string) => `${id}#`,
      ]
      const byId = rows.filter(
        ({ route, params }) => route.startsWith('GET ') && Object.keys(params).length > 0,
      )
      const asked = Array.from({ length: IDS }, () => {
        const row = random.pick(byId)
        const path = addressOf(row, world.objects, random.pick(disguised)(random.pick(ids)))
        return { row, address: path }
      })
      for (const row of takingQuery)
        for (const name of some(
          ['mailbox', 'cursor', 'userId', 'objectId', 'q', 'contact'],
          1,
          row,
        ))
          for (const id of some(ids, 6, row))
            asked.push({ row, address: `${addressOf(row, world.objects)}?${name}=${id}` })
      const headers = keys['carol of another tenant']
      const answers = await inTurn(asked, ({ row, address }) =>
        knock(world, row, { address, headers }),
      )
      const leaks = asked.filter((_, at) => {
        const { status, text } = answers[at]!
        const echoed = text.includes('"action"') || status >= 400 // her own audit log may quote what she asked
        return (
          text.includes(CANARY) || status >= 500 || (!echoed && text.includes(world.objects.email))
        )
      })
      expect(leaks.map(({ address }) => address)).toEqual([])
      const opened = asked.filter(({ row }, at) => byId.includes(row) && answers[at]!.status < 400)
      expect(opened.map(({ address }) => address)).toEqual([])
    },
    60_000 + 60 * IDS,
  )
})

/** A dozen at a time: the machine has other things to do. */
async function inTurn<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = []
  for (let at = 0; at < items.length; at += 12)
    answers.push(...(await Promise.all(items.slice(at, at + 12).map(act))))
  return answers
}
