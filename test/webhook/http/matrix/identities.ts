import type { World } from '../../../../sandbox/world.ts'
import { flowCrm, people, tenants } from '../../../../sandbox/sign-in/directory.ts'
import type { Role } from '../../../../models/wire/session.ts'
import { HOUR } from '../../../../webhook/duration.ts'
import { signFor, goodClaims } from '../support/tokens.ts'

export const METRICS_TOKEN = 'metrics-token-of-the-matrix'

/** Everybody who may knock (reliability E2): what they send along, made anew for each request. */
export const identityNames = [
  'nobody',
  'an expired session',
  'a revoked session',
  'a forged cookie',
  'alice',
  'bob',
  'admin',
  'auditor',
  'carol of another tenant',
  'alice’s add-in',
  'carol’s add-in',
  'the metrics token',
  'a token for Graph',
] as const
export type IdentityName = (typeof identityNames)[number]

export const sessionNames = [
  'alice',
  'bob',
  'admin',
  'auditor',
  'carol of another tenant',
] as const satisfies IdentityName[]
export type SessionName = (typeof sessionNames)[number]

const AUDITOR = { oid: 'a0d17000-0000-4a0d-8a0d-000000000a0d', tenantId: tenants.contoso.id }

const sessions: Record<SessionName, { who: { oid: string; tenantId: string }; roles: Role[] }> = {
  alice: { who: people.alice, roles: ['member'] },
  bob: { who: people.bob, roles: ['member'] },
  admin: { who: people.admin, roles: ['member', 'admin'] },
  auditor: { who: AUDITOR, roles: ['auditor'] },
  'carol of another tenant': { who: people.carol, roles: ['member', 'admin', 'auditor'] },
}

type Headers = Record<string, string>

export function identitiesOf(world: World): Record<IdentityName, () => Promise<Headers>> {
  const { sessions: store } = world.service.context
  const issuerUrl = world.environment['AUTHORITY_URL'] ?? ''
  const authority = { issuer: world.microsoft.issuer, issuerUrl, clock: { now: () => new Date() } }

  const cookieOf = (name: SessionName, endsInMs = HOUR) => {
    const { who, roles } = sessions[name]
    return store.create({
      ...{ workspaceId: who.tenantId, userId: who.oid, roles },
      ...{ displayName: name, address: `${name.split(' ')[0]}@matrix.test` },
      expiresAt: new Date(Date.now() + endsInMs),
    })
  }
  const withSession = async (name: SessionName): Promise<Headers> => {
    const cookie = await cookieOf(name)
    const { csrfToken = '' } = (await store.find(cookie)) ?? {}
    return { cookie: `flowcrm-session=${cookie}`, 'x-csrf-token': csrfToken, ...ownPage }
  }
  const ownPage = { origin: world.serviceUrl, 'sec-fetch-site': 'same-origin' }
  const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` })
  const paneOf = async (claims: object) =>
    bearer(await signFor(authority as never, { ...goodClaims(authority as never), ...claims }))

  return {
    nobody: async () => ({}),
    'an expired session': async () => ({
      cookie: `flowcrm-session=${await cookieOf('alice', -1)}`,
      ...{ 'x-csrf-token': 'x', ...ownPage },
    }),
    'a revoked session': async () => {
      const headers = await withSession('alice')
      await store.delete(headers['cookie']?.split('=')[1] ?? '')
      return headers
    },
    'a forged cookie': async () => ({ cookie: `flowcrm-session=${'A'.repeat(43)}`, ...ownPage }),
    alice: () => withSession('alice'),
    bob: () => withSession('bob'),
    admin: () => withSession('admin'),
    auditor: () => withSession('auditor'),
    'carol of another tenant': () => withSession('carol of another tenant'),
    'alice’s add-in': () => paneOf({}),
    'carol’s add-in': () =>
      paneOf({
        tid: tenants.fabrikam.id,
        oid: people.carol.oid,
        iss: `${issuerUrl}/${tenants.fabrikam.id}/v2.0`,
      }),
    'the metrics token': async () => bearer(METRICS_TOKEN),
    'a token for Graph': () =>
      paneOf({ aud: 'https://graph.microsoft.com', azp: flowCrm.clientId }),
  }
}
