import { flowCrm, people, tenants } from '../../../../sandbox/sign-in/directory.ts'
import { PERSONAL, type Cases, type Forge } from './authority.ts'

type Claims = Record<string, unknown>

const CONTOSO = tenants.contoso.id
const FABRIKAM = tenants.fabrikam.id
const { bob, admin, alice } = people
const GRAPH = '00000003-0000-0000-c000-000000000000'

/** Tokens that the authority itself could have given out, and not to this API, for this person, or for now. */
export const entraTokens = (forge: Forge, authority: string): [kind: string, cases: Cases][] => {
  const of = (kind: string, all: Claims[]): [string, Cases] => [
    kind,
    all.map((claims) => [JSON.stringify(claims).slice(0, 90), forge.withClaims(claims)]),
  ]
  return [
    of('another time', times(Number(forge.claims.iat))),
    of('another audience', audiences()),
    of('another issuer', issuers(authority)),
    of('another tenant', tenantsOf(authority)),
    of('another kind of token', kinds(authority)),
    of('other permissions', permissions()),
    of('an address for a person', addresses()),
    of('claims without end', floods()),
    of('claims of other types', types()),
    ['a key that may not speak for it', otherKeys(forge, authority)],
  ]
}

function times(now: number): Claims[] {
  return [
    ...[{ exp: now - 301 }, { exp: now - 3_600 }, { exp: 0 }, { exp: 1 }, { exp: -1 }],
    ...[{ exp: undefined }, { exp: null }, { exp: String(now + 3_600) }, { exp: 'tomorrow' }],
    ...[{ exp: [now + 3_600] }, { exp: true }, { exp: { $gt: 0 } }, { exp: '' }],
    ...[{ nbf: now + 301 }, { nbf: now + 3_600 }, { nbf: 9e12 }, { nbf: undefined }, { nbf: null }],
    ...[{ nbf: String(now) }, { nbf: [] }, { iat: undefined }, { iat: null }, { iat: String(now) }],
    { exp: now + 3_600, nbf: now + 1_800 },
  ]
}

const audiences = (): Claims[] =>
  [
    ...['https://graph.microsoft.com', 'https://graph.microsoft.com/', GRAPH, `${GRAPH}/`],
    ...['https://outlook.office.com', `api://${flowCrm.clientId}`, `${flowCrm.clientId}/`],
    ...[` ${flowCrm.clientId}`, flowCrm.clientId.toUpperCase(), flowCrm.clientId.slice(0, -1)],
    ...['', '*', undefined, null, 0, true, [], [GRAPH], {}, { aud: flowCrm.clientId }],
    [flowCrm.clientId, 'https://graph.microsoft.com'],
  ].map((aud) => ({ aud }))

const issuers = (authority: string): Claims[] =>
  [
    ...[
      `${authority}/${FABRIKAM}/v2.0`,
      `${authority}/{tenantid}/v2.0`,
      `${authority}/common/v2.0`,
    ],
    ...[
      `${authority}/organizations/v2.0`,
      `${authority}/${CONTOSO}/v2.0/`,
      `${authority}/${CONTOSO}`,
    ],
    ...[
      `${authority}/${CONTOSO}/`,
      `${authority}/${CONTOSO}/v1.0`,
      `${authority}//${CONTOSO}/v2.0`,
    ],
    ...[`${authority}/${CONTOSO}/../${CONTOSO}/v2.0`, `${authority}/${CONTOSO.toUpperCase()}/v2.0`],
    ...[`https://sts.windows.net/${CONTOSO}/`, `https://login.microsoftonline.com/${CONTOSO}/v2.0`],
    ...[`https://evil.example/${CONTOSO}/v2.0`, `${authority}.evil.example/${CONTOSO}/v2.0`],
    ...[`${authority}@evil.example/${CONTOSO}/v2.0`, `${authority}/${CONTOSO}/v2.0#`, CONTOSO],
    ...[authority, '', undefined, null, 7, [`${authority}/${CONTOSO}/v2.0`], {}],
  ].map((iss) => ({ iss }))

/** Where `tid` and `iss` agree, they name nobody who may come in. */
const tenantsOf = (authority: string): Claims[] => [
  ...[FABRIKAM, PERSONAL, CONTOSO.toUpperCase(), `${CONTOSO} `, 'contoso.test', '', null].map(
    (tid) => ({ tid }),
  ),
  ...[undefined, 7, [CONTOSO], { tid: CONTOSO }, `{${CONTOSO}}`, '{tenantid}'].map((tid) => ({
    tid,
  })),
  ...['contoso.test', PERSONAL, 'common', 'organizations', '{tenantid}', '', '*', '..'].map(
    (tid) => ({
      tid,
      iss: `${authority}/${tid}/v2.0`,
    }),
  ),
]

/** Tokens of version 1.0, of another app, of an app for itself, and ID tokens. */
function kinds(authority: string): Claims[] {
  const v1 = { ver: '1.0', iss: `https://sts.windows.net/${CONTOSO}/`, appid: flowCrm.clientId }
  const id = { scp: undefined, azp: undefined, nonce: 'n-0S6_WzA2Mj', at_hash: 'x' }
  return [
    ...[v1, { ...v1, ver: '2.0' }, { ver: '1.0' }, { ver: undefined }, { ver: null }],
    ...[{ ver: 2 }, { ver: '2' }, { ver: '2.0 ' }, { ver: '3.0' }, { ver: ['2.0'] }, { ver: '' }],
    ...[
      { ...v1, iss: `${authority}/${CONTOSO}/` },
      { ...v1, aud: `api://${flowCrm.clientId}` },
    ],
    ...[id, { ...id, azp: flowCrm.clientId }, { ...id, scp: '' }, { ...id, sub: alice.oid }],
    ...[
      { azp: GRAPH },
      { azp: '' },
      { azp: null },
      { azp: [flowCrm.clientId] },
      { azp: undefined },
    ],
    ...[{ azp: undefined, appid: flowCrm.clientId }, { azp: flowCrm.clientId.toUpperCase() }],
    ...[{ idtyp: 'app' }, { idtyp: 'device' }, { idtyp: '' }, { idtyp: null }, { idtyp: ['user'] }],
    { ...{ scp: undefined, idtyp: 'app', roles: ['access_as_user'] }, sub: bob.oid },
  ]
}

const permissions = (): Claims[] => [
  ...['', ' ', 'Mail.Read', 'access_as_user.all', 'Access_As_User', 'xaccess_as_user'].map(
    (scp) => ({
      scp,
    }),
  ),
  ...['access_as_user,Mail.Read', 'access_as_user\tx', 'access_as_user\n', '.default', '*'].map(
    (scp) => ({ scp }),
  ),
  ...[undefined, null, 1, true, ['access_as_user'], { access_as_user: true }].map((scp) => ({
    scp,
  })),
  ...[{ roles: ['access_as_user'] }, { roles: ['Admin'] }, { scope: 'access_as_user' }].map(
    (roles) => ({ scp: undefined, ...roles }),
  ),
  ...[
    { scp: '', roles: ['access_as_user'] },
    { scp: 'Mail.Read', roles: ['access_as_user'] },
  ],
]

/** None says who it is by the one claim that counts. */
const addresses = (): Claims[] => [
  ...['alice@contoso.test', 'admin@contoso.test', '', 'alice', null, 7, [admin.oid], {}].map(
    (oid) => ({
      oid,
    }),
  ),
  ...[`${admin.oid} `, admin.oid.slice(0, -1), admin.oid.replaceAll('-', ''), `{${admin.oid}}`].map(
    (oid) => ({ oid }),
  ),
  ...['email', 'preferred_username', 'upn', 'unique_name', 'sub', 'verified_primary_email'].map(
    (claim) => ({ oid: undefined, [claim]: claim === 'sub' ? admin.oid : 'admin@contoso.test' }),
  ),
  { oid: undefined, email: 'admin@contoso.test', email_verified: true, xms_edov: true },
]

const long = 'x'.repeat(10_000)
const floods = (): Claims[] => [
  ...['name', 'scp', 'oid', 'tid', 'iss', 'aud', 'azp', 'ver', 'preferred_username', 'other'].map(
    (claim) => ({ [claim]: long }),
  ),
  ...[{ groups: Array.from({ length: 260 }, () => GRAPH) }, { name: 'x'.repeat(257) }],
  ...[{ scp: `access_as_user ${'x '.repeat(5_000)}` }, { [long]: 1 }, { x: [[[[long]]]] }],
]

const types = (): Claims[] =>
  ['iss', 'tid', 'oid', 'ver', 'azp', 'scp', 'name', 'exp', 'nbf'].flatMap((claim) =>
    [false, ['a'], { a: 1 }].map((value) => ({ [claim]: value })),
  )

/** Keys that the authority does publish, each for somebody or something else. */
function otherKeys({ keys, withClaims }: Forge, authority: string): Cases {
  const by = (kid: string, claims: Claims = {}): [string, string] => [
    `${kid} with ${JSON.stringify(claims)}`,
    withClaims(claims, { kid }, keys.other),
  ]
  const from = (tid: string) => ({ tid, iss: `${authority}/${tid}/v2.0` })
  return [
    ...['personal', 'fabrikam', 'odd-issuer'].map((kid) => by(kid)),
    ...[by('personal', from(PERSONAL)), by('personal', { tid: PERSONAL })],
    ...[by('personal', { iss: from(PERSONAL).iss }), by('personal', from(FABRIKAM))],
    ...[by('fabrikam', { tid: FABRIKAM }), by('fabrikam', { iss: from(FABRIKAM).iss })],
    ...[by('odd-issuer', from(FABRIKAM)), by('ec'), by('ec', from(FABRIKAM))],
  ]
}
