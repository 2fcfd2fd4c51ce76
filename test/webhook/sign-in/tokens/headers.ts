import { createHmac } from 'node:crypto'
import { base64url, compact, rsa, type Cases, type Forge, type Header } from './authority.ts'

/** Tokens whose header or payload is not what it should be, and those that bring their key along. */
export const oddTokens = (forge: Forge): [kind: string, cases: Cases][] => [
  ['a header that is no JSON of ours', headers(forge)],
  ['a payload that is no claims', payloads(forge)],
  ['a critical member', criticals(forge)],
  ['its key in its header', keysAlong(forge)],
  ['a key id of its own', keyIds(forge)],
]

const GOOD = '"alg":"RS256","typ":"JWT","kid":"current"'

function headers({ written, claims }: Forge): Cases {
  const texts = [
    ...['', ' ', 'null', 'true', '256', '"RS256"', '[]', '[{}]', '{', '}', '{}', 'alg=RS256'],
    ...[`{${GOOD}`, `{${GOOD},}`, `{${GOOD}}}`, `{${GOOD}}{}`, `[{${GOOD}}]`, `x{${GOOD}}`],
    ...[`{${GOOD.replaceAll('"', "'")}}`, `{${GOOD}/**/}`, `{alg:"RS256",kid:"current"}`],
    ...[
      `{${GOOD},"x":NaN}`,
      `{${GOOD},"x":01}`,
      `{${GOOD},"x":"\n"}`,
      `{${GOOD}}\0`,
      `\0{${GOOD}}`,
    ],
    ...[`{${GOOD.replace('alg', 'ALG')}}`, `{${GOOD.replace('alg', 'Alg')}}`],
    ...[`{"header":{${GOOD}}}`, `{"__proto__":{${GOOD}}}`, `{"constructor":{${GOOD}}}`],
    ...[`{${GOOD},"alg":"none"}`, `{${GOOD},"alg":"HS256"}`, `{${GOOD},"alg":null}`],
    ...[`{${GOOD},"kid":"sibling"}`, `{${GOOD},"kid":"nobody"}`, `{${GOOD},"kid":""}`],
    Buffer.from(`{${GOOD}}`, 'utf16le'),
    Buffer.concat([Buffer.from(`{${GOOD},"x":"`), Buffer.of(0xc3, 0x28), Buffer.from('"}')]),
  ]
  return texts.map((text, n) => [`header ${n}`, written(text, claims)])
}

function payloads({ written, header, claims, withHeader }: Forge): Cases {
  const json = JSON.stringify(claims)
  const twice = (name: string, value: unknown) =>
    `${json.slice(0, -1)},"${name}":${JSON.stringify(value)}}`
  const texts = [
    ...['', ' ', 'null', 'true', '0', '"x"', '[]', '{}', '{', `[${json}]`, `${json}}`, `${json},`],
    ...[json.replaceAll('"', "'"), `"${base64url(json)}"`, base64url(json), JSON.stringify(json)],
    ...[`{"payload":${json}}`, `{"__proto__":${json}}`, `${json}\0`, `${json}${json}`],
    ...[withHeader({}), new URLSearchParams(claims as Record<string, string>).toString()],
    ...[`<claims>${json}</claims>`, json.replaceAll(':', '='), json.toUpperCase()],
    ...[
      twice('aud', 'x'),
      twice('iss', 'x'),
      twice('tid', 'x'),
      twice('oid', 'x'),
      twice('exp', 0),
    ],
    ...[twice('scp', 'x'), twice('azp', 'x'), twice('ver', '1.0'), twice('nbf', 9e9)],
    Buffer.from(json, 'utf16le'),
    Buffer.alloc(200),
  ]
  return texts.map((text, n) => [`payload ${n}`, written(header, text)])
}

function criticals({ keys, header, claims, withHeader }: Forge): Cases {
  const crits: Header[] = [
    ...[{ crit: ['x'], x: 1 }, { crit: [] }, { crit: ['x'] }, { crit: 'x' }, { crit: null }],
    ...[{ crit: {} }, { crit: [''] }, { crit: [1] }, { crit: [null] }, { crit: [['exp']] }],
    ...[{ crit: ['alg'] }, { crit: ['kid', 'typ'] }, { crit: ['exp'], exp: 9e9 }, { crit: true }],
    ...[{ crit: ['b64'] }, { crit: ['b64'], b64: false }, { crit: ['b64'], b64: 'false' }],
    ...[{ crit: ['b64'], b64: null }, { crit: ['b64', 'x'], b64: true, x: 1 }, { crit: 0 }],
    ...[{ crit: ['http://example.invalid/x'], 'http://example.invalid/x': true }],
  ]
  const cases = crits.map((more): [string, string] => [JSON.stringify(more), withHeader(more)])
  const bare = base64url(JSON.stringify({ ...header, crit: ['b64'], b64: false }))
  const text = `${bare}.${JSON.stringify(claims)}`
  const signature = base64url(rsa(keys.ours.privateKey)(text))
  return [...cases, ['a payload that is not encoded', `${text}.${signature}`]]
}

/** Each signed by the stranger, whose key it names. */
function keysAlong({ keys, withHeader, header, claims }: Forge): Cases {
  const { stranger } = keys
  const jwk = stranger.publicKey.export({ format: 'jwk' })
  const whole = stranger.privateKey.export({ format: 'jwk' })
  const der = stranger.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const urls = [
    ...['http://127.0.0.1:1/keys', 'https://evil.example/keys', '//evil.example/keys', '/keys'],
    ...[
      'file:///keys',
      'data:application/json,{"keys":[]}',
      'https://login.microsoftonline.com@evil.example/',
    ],
  ]
  const along: Header[] = [
    ...[
      { jwk },
      { jwk: whole },
      { jwk: { ...jwk, kid: 'current' } },
      { jwk: [jwk] },
      { keys: [jwk] },
    ],
    ...[
      { jwk, kid: 'stranger' },
      { jwk, kid: undefined },
      { jwk, typ: 'dpop+jwt' },
      { cnf: { jwk } },
    ],
    ...[{ jwk: JSON.stringify(jwk) }, { jwk: null }, { key: jwk }, { x5c: [der] }, { x5c: der }],
    ...[{ x5c: [der], kid: undefined }, { x5c: [] }, { x5t: 'current' }, { 'x5t#S256': 'current' }],
    ...urls.flatMap((url) => [{ jku: url }, { x5u: url }]),
    ...[{ jku: urls[1], kid: undefined }, { x5u: urls[1], kid: 'stranger' }, { iss: 'stranger' }],
  ]
  const cases = along.map((more): [string, string] => [
    JSON.stringify(more).slice(0, 80),
    withHeader(more, stranger),
  ])
  const k = base64url('secret')
  const own = { ...header, alg: 'HS256', jwk: { kty: 'oct', k, kid: 'current' } }
  return [...cases, ['its secret', compact(own, claims, hmac('secret'))]]
}

const hmac = (secret: string) => (input: string) =>
  createHmac('sha256', secret).update(input).digest()

/** Each signed by the stranger, or by the secret that the id might lead a careless look-up to. */
function keyIds({ keys, withHeader, header, claims }: Forge): Cases {
  const ids: unknown[] = [
    ...['', ' ', 'stranger', 'Current', 'CURRENT', 'current ', ' current', 'current\0', 'curren'],
    ...[
      'current/../current',
      'current?',
      'current#',
      '*',
      '.*',
      '%',
      '_',
      'current,sibling',
      '%63urrent',
    ],
    ...[
      '../../../../dev/null',
      '/dev/null',
      '..\\..\\nul',
      'file:///dev/null',
      'c:/windows/win.ini',
    ],
    ...["' OR 1=1 --", "x' UNION SELECT 'secret", '" or ""="', '*)(uid=*', '$(id)', '|id', '`id`'],
    ...['http://127.0.0.1:1/keys', '{{7*7}}', '${7*7}', '<script>', '__proto__', 'constructor'],
    ...['toString', '0', 'undefined', 'null', 'a\r\nb', 'x'.repeat(4_000), '\u{1f511}', 'сurrent'],
    ...[null, 0, 1, true, [], ['current'], {}, { $ne: '' }, { kid: 'current' }, [['current']]],
  ]
  const { kid: _, ...idless } = header
  const named = (value: unknown): string => JSON.stringify(value).slice(0, 60)
  return [
    ...ids.map((kid): [string, string] => [named(kid), withHeader({ kid }, keys.stranger)]),
    ...['', 'secret', '{}'].flatMap((secret) =>
      ['/dev/null', "x' UNION SELECT 'secret"].map((kid): [string, string] => [
        `${kid} with the secret ${JSON.stringify(secret)}`,
        compact({ ...header, alg: 'HS256', kid }, claims, hmac(secret)),
      ]),
    ),
    ['none', compact(idless, claims, rsa(keys.stranger.privateKey))],
    ['none, though the key is ours', compact(idless, claims, rsa(keys.ours.privateKey))],
    ...[null, 7, ['current']].map((kid): [string, string] => [
      `${named(kid)}, though the key is ours`,
      withHeader({ kid }),
    ]),
    ['of another published key', withHeader({ kid: 'sibling' })],
    ['ours under another key', withHeader({}, keys.other)],
  ]
}
