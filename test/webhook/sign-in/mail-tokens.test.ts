import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { AADSTS_TABLE, type AadstsCode } from '../../../sandbox/sign-in/aadsts-table.ts'
import { people, tenants } from '../../../sandbox/sign-in/directory.ts'
import { MailTokens } from '../../../webhook/sign-in/mail-tokens.ts'
import { Entra } from '../../../webhook/sign-in/entra.ts'
import { graphResourceOf } from '../../../webhook/sign-in/clouds.ts'
import type { MailboxIdentity } from '../../../webhook/provider/provider.ts'
import { startWorld, type World } from '../http/support/world.ts'
import { appMailbox, connectedMailbox, forgetAccessTokens } from './support.ts'

let world: World
let alice: MailboxIdentity
beforeAll(async () => {
  world = await startWorld()
  world.issuer.grantAdminConsent()
  alice = await connectedMailbox(world, 'alice')
})
beforeEach(async () => {
  world.issuer.faults.clear()
  await forgetAccessTokens(world, alice.homeAccountId!)
})
afterAll(() => world[Symbol.asyncDispose]())

/** What somebody must do about each number (graph-contract 7.4). */
const expected: Record<string, AadstsCode[]> = {
  'reconnect-needed': [
    700082, 70008, 50173, 70000, 700084, 70043, 50132, 50133, 50089, 50076, 50074, 50079, 50072,
    50078, 50158, 50097, 53000, 53001, 53002, 53003, 530035, 53011, 50053, 65001, 65004, 50057,
    50034, 50020, 50055, 50144, 530032,
  ],
  'admin-consent-needed': [650052, 650056, 500011, 50105, 700016, 7000112, 90094, 90095, 90008],
  'provider-unavailable': [
    50194, 50196, 7000215, 7000222, 700027, 70002, 50033, 50087, 40010, 90006, 90012, 90024, 90033,
    90055, 90090,
  ],
}
const rows = Object.entries(expected).flatMap(([code, numbers]) =>
  numbers.map((number) => [number, code, AADSTS_TABLE[number][0]] as const),
)

describe('a refused refresh', () => {
  it.each(rows)('AADSTS%i means %s (%s)', async (aadsts, code) => {
    world.issuer.faults.failNext({ grant: 'refresh_token', aadsts })
    await expect(world.mailTokens.accessTokenFor(alice)).rejects.toMatchObject({
      name: 'ProviderError',
      code,
      retry: code === 'provider-unavailable' ? 'later' : 'after-reconnect',
      details: { providerCode: String(aadsts) },
    })
  })

  it('is asked again the next time: a failure is not remembered', async () => {
    world.issuer.faults.failNext({ grant: 'refresh_token', aadsts: 90033 })
    await expect(world.mailTokens.accessTokenFor(alice)).rejects.toMatchObject({
      code: 'provider-unavailable',
    })
    expect(await world.mailTokens.accessTokenFor(alice)).toMatch(/^eyJ/)
  })

  it('says reconnect when an administrator revoked the sessions, until the person connects again', async () => {
    world.issuer.accounts.revokeSessions(people.alice)
    await expect(world.mailTokens.accessTokenFor(alice)).rejects.toMatchObject({
      code: 'reconnect-needed',
    })
    await connectedMailbox(world, 'alice')
    expect(await world.mailTokens.accessTokenFor(alice)).toMatch(/^eyJ/)
  })

  it('says reconnect for a mailbox nobody ever connected', async () => {
    const stranger = { ...alice, homeAccountId: 'nobody.nowhere' }
    await expect(world.mailTokens.accessTokenFor(stranger)).rejects.toMatchObject({
      code: 'reconnect-needed',
    })
  })
})

describe('the app by itself', () => {
  it('gets a token of the mailbox’s own tenant, and keeps it', async () => {
    const first = await world.mailTokens.accessTokenFor(appMailbox(tenants.contoso.id))
    expect(await world.issuer.verifyAccessToken(first)).toMatchObject({
      tid: tenants.contoso.id,
      roles: ['Mail.Read'],
    })
    world.issuer.faults.failNext({ grant: 'client_credentials', aadsts: 7000215 })
    expect(await world.mailTokens.accessTokenFor(appMailbox(tenants.contoso.id))).toBe(first)
  })

  it('is told to ask an administrator where no tenant has let it in', async () => {
    await expect(
      world.mailTokens.accessTokenFor(appMailbox(tenants.fabrikam.id)),
    ).rejects.toMatchObject({ code: 'admin-consent-needed', details: { providerCode: '700016' } })
  })

  it('does not send people to reconnect when its own secret is wrong', async () => {
    world.issuer.grantAdminConsent(tenants.fabrikam.id)
    world.issuer.faults.failNext({ grant: 'client_credentials', aadsts: 7000222 })
    await expect(
      world.mailTokens.accessTokenFor(appMailbox(tenants.fabrikam.id)),
    ).rejects.toMatchObject({ code: 'provider-unavailable', retry: 'later' })
  })
})

describe('an authority that is down', () => {
  it('is a reason to try again later, for people and for the app', async () => {
    await using other = await startWorld()
    other.issuer.grantAdminConsent()
    const mailbox = await connectedMailbox(other, 'bob')
    await other.mailTokens.accessTokenFor(appMailbox(tenants.contoso.id))
    await forgetAccessTokens(other, mailbox.homeAccountId!)
    await other.issuer[Symbol.asyncDispose]()

    for (const asked of [mailbox, appMailbox(tenants.fabrikam.id)])
      await expect(other.mailTokens.accessTokenFor(asked)).rejects.toMatchObject({
        code: 'provider-unavailable',
        retry: 'later',
      })
  })

  it('that answers with a page instead of JSON is no better', async () => {
    await using other = await startWorld()
    const entra = new Entra({
      entra: { ...other.config.entra, authorityUrl: `${other.serviceUrl}/not-an-authority` },
      apiUrl: other.serviceUrl,
      credential: { kind: 'secret', secret: 'x' },
    })
    const tokens = new MailTokens({ ...other, entra, graphResource: 'https://graph.microsoft.com' })
    await expect(tokens.accessTokenFor(appMailbox(tenants.contoso.id))).rejects.toMatchObject({
      code: 'provider-unavailable',
    })
  })
})

describe('what scopes call Graph', () => {
  it.each([
    ['https://graph.microsoft.com/v1.0', 'https://graph.microsoft.com'],
    ['https://graph.microsoft.us/v1.0', 'https://graph.microsoft.us'],
    ['https://dod-graph.microsoft.us/v1.0', 'https://dod-graph.microsoft.us'],
    ['https://microsoftgraph.chinacloudapi.cn/v1.0', 'https://microsoftgraph.chinacloudapi.cn'],
    ['http://localhost:3001/v1.0', 'https://graph.microsoft.com'],
    ['https://graph.microsoft.com.evil.example/v1.0', 'https://graph.microsoft.com'],
  ])('%s: %s', (graphUrl, resource) => {
    expect(graphResourceOf(graphUrl)).toBe(resource)
  })
})
