import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { people, tenants } from '../../../sandbox/sign-in/directory.ts'
import { NotSignedInError } from '../../../webhook/errors.ts'
import { askWith, goodClaims } from '../http/support/tokens.ts'
import { startWorld, type World } from '../http/support/world.ts'
import { lyingTokens } from './tokens/algorithms.ts'
import { aForge, anAuthority, type Cases, type Forge } from './tokens/authority.ts'
import { bentTokens } from './tokens/bent.ts'
import { entraTokens } from './tokens/entra-shaped.ts'
import { oddTokens } from './tokens/headers.ts'

type Kinds = [kind: string, cases: Cases][]

/** Requests under way at a time: as many connections. */
const LANES = 6

let authority: Awaited<ReturnType<typeof anAuthority>>
let world: World
let forge: Forge
let broken: Kinds
let entra: Kinds
beforeAll(async () => {
  authority = await anAuthority()
  world = await startWorld({ env: { AUTHORITY_URL: authority.url } })
  forge = aForge(authority.keys, goodClaims({ ...world, issuerUrl: authority.url }))
  broken = [...bentTokens(forge), ...lyingTokens(forge), ...oddTokens(forge)]
  entra = entraTokens(forge, authority.url)
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await authority[Symbol.asyncDispose]()
})

/** What becomes of a token over HTTP, where it can be sent at all, and at the check itself. */
async function fateOf(token: string): Promise<string> {
  const direct = await world.apiTokens.verify(token).then(
    () => 'let in',
    (error: unknown) => (error instanceof NotSignedInError ? 'refused' : String(error)),
  )
  const isSendable = /^[\t\x20-\x7e\x80-\xff]*$/.test(token)
  const told = isSendable ? await overHttp(token) : '401 not-signed-in'
  return told === '401 not-signed-in' ? direct : `${direct}, ${told}`
}

async function overHttp(token: string): Promise<string> {
  const response = await askWith(token, world)
  const { code = '' } = (await response.json()) as { code?: string }
  return `${response.status} ${code}`.trim()
}

/** Those that met another fate than to be refused. */
async function notRefused(cases: Cases): Promise<string[]> {
  const fates: string[] = []
  const waiting = [...cases]
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const fate = await fateOf(next[1])
      if (fate !== 'refused') fates.push(`${next[0]}: ${fate}`)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return fates
}

const all = (kinds: Kinds) => kinds.flatMap(([, cases]) => cases)

/** By kind, those that met another fate than to be refused. */
async function letIn(kinds: Kinds): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [kind, cases] of kinds) {
    const fates = await notRefused(cases)
    if (fates.length > 0) found[kind] = fates
  }
  return found
}

describe('the bearer check of the add-in’s API (reliability E1)', () => {
  it('has hundreds of tokens to refuse, and no two are alike', () => {
    const [jws, shaped] = [all(broken).length, all(entra).length]
    const cases = [...all(broken), ...all(entra)]
    const alike = cases.filter(([, token], n) => n !== cases.findIndex((one) => one[1] === token))
    expect(jws).toBeGreaterThanOrEqual(355)
    expect(shaped).toBeGreaterThanOrEqual(100)
    expect(alike.map(([what]) => what)).toEqual([])
    process.stdout.write(`\nTokens to refuse: ${jws} broken, ${shaped} from the authority\n`)
  })

  it('refuses every token that is not the authority’s, and asks nobody about it', async () => {
    expect(await letIn(broken)).toEqual({})
    expect(world.emails.asked).toEqual([])
  })

  it('refuses every token of the authority that is for something or somebody else', async () => {
    expect(await letIn(entra)).toEqual({})
    expect(world.emails.asked).toEqual([])
  })

  it('lets the good ones in, however the authority writes them', async () => {
    const fabrikam = tenants.fabrikam.id
    const theirs = { tid: fabrikam, iss: `${authority.url}/${fabrikam}/v2.0` }
    const good = [
      forge.withHeader({}),
      forge.withHeader({ typ: undefined, x5t: 'current', nonce: 'a', unknown: { a: [1] } }),
      forge.withHeader({ typ: 'at+jwt' }),
      forge.withHeader({ kid: 'sibling' }, authority.keys.other),
      forge.withClaims({ scp: 'Mail.Read access_as_user profile' }),
      forge.withClaims({
        idtyp: 'user',
        roles: ['Admin'],
        groups: ['a', 'b'],
        amr: ['pwd', 'mfa'],
      }),
      forge.withClaims({ email: 'admin@contoso.test', preferred_username: 'x'.repeat(7_000) }),
      forge.withClaims({ name: undefined }),
      forge.withClaims({ name: 'Zoë “Z” Nguyễn 😀' }),
      forge.withClaims(theirs, { kid: 'fabrikam' }, authority.keys.other),
      forge.written(` ${JSON.stringify(forge.header, null, 2)}\n`, forge.claims),
    ]
    expect(await Promise.all(good.map(fateOf))).toEqual(good.map(() => 'let in, 200'))
    process.stdout.write(
      `\nA good token is verified in ${(await p99Of(500)).toFixed(2)} ms (p99)\n`,
    )
    const known = world.emails.asked.map(({ person }) => [person.workspaceId, person.userId])
    expect(new Set(known.map(String))).toEqual(
      new Set([`${tenants.contoso.id},${people.alice.oid}`, `${fabrikam},${people.alice.oid}`]),
    )
  })

  it('fetched the authority’s keys once, and once more for all the key ids it did not know', () => {
    expect(authority.state.keysAsked).toBeLessThanOrEqual(2)
  })
})

/** Milliseconds, of which 99 in 100 verifications took no more. */
async function p99Of(count: number): Promise<number> {
  const token = forge.withHeader({})
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const began = performance.now()
    await world.apiTokens.verify(token)
    times.push(performance.now() - began)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(count * 0.99)]!
}
