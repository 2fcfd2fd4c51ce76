import type { AuthenticationResult } from '@azure/msal-node'
import { SignJWT, type JWTPayload } from 'jose'
import { flowCrm, people, tenants } from '../../../../sandbox/sign-in/directory.ts'
import type { World } from './world.ts'

/** The tokens the issuer gives to Alice for some scopes. */
export async function issuedTo(
  { entra, issuer, serviceUrl }: World,
  scopes: string[],
): Promise<AuthenticationResult> {
  const client = await entra.client()
  const redirectUri = `${serviceUrl}/auth/callback`
  const url = await client.getAuthCodeUrl({ scopes, redirectUri })
  const code = new URL(issuer.authorizeAs('alice', url)).searchParams.get('code')!
  return client.acquireTokenByCode({ scopes, redirectUri, code })
}

/** A token of Alice for our API, as the pane has it. */
export const paneToken = async (world: World): Promise<string> =>
  (await issuedTo(world, [world.config.entra.apiScope])).accessToken

/** A call of the pane. */
export const askWith = (token: string, world: World): Promise<Response> =>
  fetch(`${world.serviceUrl}/api/v1/emails/status`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ itemId: 'AAMk=', mailboxAddress: 'alice@contoso.test' }),
  })

/** What Entra's access token for our API says of Alice. */
export function goodClaims({ clock, issuerUrl }: World, lifeSeconds = 3_600): JWTPayload {
  const now = Math.floor(clock.now().getTime() / 1_000)
  const tid = tenants.contoso.id
  return {
    iss: `${issuerUrl}/${tid}/v2.0`,
    aud: flowCrm.clientId,
    azp: flowCrm.clientId,
    tid,
    oid: people.alice.oid,
    scp: 'access_as_user',
    ver: '2.0',
    name: 'Alice Archer',
    preferred_username: 'alice@contoso.test',
    iat: now,
    nbf: now,
    exp: now + lifeSeconds,
  }
}

export type Header = { alg?: string; kid?: string; [name: string]: unknown }

/** Signed with the issuer's own key, unless another is given. */
export function signFor(
  { issuer }: World,
  claims: JWTPayload,
  header: Header = {},
  key = issuer.keys.current.privateKey,
) {
  const { kid } = issuer.keys.current
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, ...header })
    .sign(key)
}
