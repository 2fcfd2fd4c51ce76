import type { HttpKnobs } from '../../knobs.ts'
import { GraphFault, accessDenied } from '../../errors.ts'
import type { MailboxInfo } from '../../store/mail-store.ts'
import type { Caller, Route } from '../route.ts'

/** What an access token says about its bearer. */
export type TokenClaims = {
  aud: string
  appId: string
  tid: string
  /** The signed-in user; absent for an app-only token. */
  oid?: string
  scopes: readonly string[]
  roles: readonly string[]
  issuedAt: Date
  expiresAt: Date
  /** `cp1` when the client can answer a claims challenge (graph-contract 7.3). */
  capabilities: readonly string[]
  /** Asked for with a challenge's claims: newer than this. */
  newerThan?: Date
}

/** Resolves to the claims of a good token and rejects any other. */
export type TokenCheck = (token: string) => Promise<TokenClaims>

/** Graph's own literal (graph-contract 6.2); nothing calls this address. */
const realm =
  'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ' +
  'client_id="00000003-0000-0000-c000-000000000000"'

export const invalidToken = (message: string) =>
  new GraphFault(401, 'InvalidAuthenticationToken', message, { 'www-authenticate': realm })

/** Continuous access evaluation: the token was good, and is no longer; ask for one newer than `notBefore` (graph-contract 6.2, 7.3). */
export function claimsChallenge(notBefore: Date): GraphFault {
  const seconds = String(Math.ceil(notBefore.getTime() / 1_000))
  const wanted = { access_token: { nbf: { essential: true, value: seconds } } }
  const claims = Buffer.from(JSON.stringify(wanted)).toString('base64')
  return new GraphFault(
    401,
    'InvalidAuthenticationToken',
    'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: ' +
      'TokenIssuedBeforeRevocationTimestamp',
    { 'www-authenticate': `${realm}, error="insufficient_claims", claims="${claims}"` },
  )
}

export function callerOf(claims: TokenClaims): Caller {
  return {
    appId: claims.appId,
    tenantId: claims.tid,
    ...(claims.oid === undefined ? {} : { userId: claims.oid }),
    permissions: claims.oid === undefined ? claims.roles : claims.scopes,
    tokenExpiresAt: claims.expiresAt,
  }
}

/**
 * Whether this caller may take this route into this mailbox (graph-contract 7.2, 7.5). A delegated token opens its own
 * mailbox; another's only with the `.Shared` scope and when it is shared with the user.
 */
export function checkAccess(
  caller: Caller,
  route: Route,
  mailboxOwner: string | undefined,
  knobs: Pick<HttpKnobs, 'mailboxAllowList' | 'sharedWith'>,
): void {
  if (route.permissions.length === 0) return
  const opensMail = route.permissions.some((name) =>
    /^(Mail|MailboxSettings|Calendars)\./.test(name),
  )
  const isOther = mailboxOwner !== undefined && mailboxOwner !== caller.userId
  const foreign = opensMail && caller.userId !== undefined && isOther
  const wanted = foreign ? route.permissions.map((name) => `${name}.Shared`) : route.permissions
  if (!wanted.some((name) => caller.permissions.includes(name))) throw accessDenied()
  if (foreign && !knobs.sharedWith[mailboxOwner]?.includes(caller.userId ?? ''))
    throw accessDenied()
  if (!mayOpen(caller, mailboxOwner, knobs)) {
    throw new GraphFault(403, 'ErrorAccessDenied', 'Access to OData is disabled.')
  }
}

/** A tenant's people and apps see no other tenant's mailboxes: they do not exist for them. */
export const isOfSameTenant = (
  { tenantId }: Pick<MailboxInfo, 'tenantId'>,
  caller: Caller,
): boolean => tenantId === undefined || tenantId === caller.tenantId

/** False for an app-only caller with an allow-list that lacks this mailbox (graph-contract 7.5). */
export function mayOpen(
  caller: Caller,
  mailboxOwner: string | undefined,
  knobs: Pick<HttpKnobs, 'mailboxAllowList'>,
): boolean {
  const allowed = knobs.mailboxAllowList[caller.appId]
  return (
    caller.userId !== undefined ||
    mailboxOwner === undefined ||
    !allowed ||
    allowed.includes(mailboxOwner)
  )
}
