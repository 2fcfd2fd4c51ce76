import { constants, createHash, createHmac, privateEncrypt, sign } from 'node:crypto'
import { compact, rsa, type Cases, type Forge } from './authority.ts'

/** Tokens that lie about how they are signed. */
export const lyingTokens = (forge: Forge): [kind: string, cases: Cases][] => [
  ['no algorithm', unsigned(forge)],
  ['an HMAC with what everybody knows', hmacs(forge)],
  ['another name for the algorithm', names(forge)],
  ['another algorithm', otherAlgorithms(forge)],
  ['another padding under the right key', paddings(forge)],
  ['a point of ECDSA that proves nothing', points(forge)],
]

function unsigned({ withHeader, header, claims }: Forge): Cases {
  return Array.from({ length: 16 }, (_, n) =>
    [...'none'].map((c, at) => (n & (1 << at) ? c.toUpperCase() : c)).join(''),
  ).flatMap((alg): Cases => [
    [`${alg}, signed nevertheless`, withHeader({ alg })],
    [`${alg}, not signed`, compact({ ...header, alg }, claims, () => Buffer.alloc(0))],
  ])
}

function hmacs({ keys, header, claims }: Forge): Cases {
  const key = keys.ours.publicKey
  const pem = key.export({ type: 'spki', format: 'pem' }).toString()
  const pkcs1 = key.export({ type: 'pkcs1', format: 'pem' }).toString()
  const jwk = key.export({ format: 'jwk' })
  const secrets: Record<string, string | Buffer> = {
    nothing: '',
    'a word': 'secret',
    'the key id': 'current',
    PEM: pem,
    'PEM without its last line feed': pem.trimEnd(),
    'PEM with CRLF': pem.replaceAll('\n', '\r\n'),
    'PEM on one line': pem.replaceAll('\n', ''),
    'PKCS 1': pkcs1,
    'PKCS 1 without its last line feed': pkcs1.trimEnd(),
    DER: key.export({ type: 'spki', format: 'der' }),
    'PKCS 1 as DER': key.export({ type: 'pkcs1', format: 'der' }),
    JWK: JSON.stringify(jwk),
    'the modulus': Buffer.from(jwk.n ?? '', 'base64url'),
    'the modulus as text': jwk.n ?? '',
  }
  return ['sha256', 'sha384', 'sha512'].flatMap((hash) =>
    Object.entries(secrets).map(([what, secret]): [string, string] => {
      const alg = hash.replace('sha', 'HS')
      const mac = (input: string) => createHmac(hash, secret).update(input).digest()
      return [`${alg} with ${what}`, compact({ ...header, alg }, claims, mac)]
    }),
  )
}

const NAMES = [
  ...['rs256', 'Rs256', 'RS256 ', ' RS256', 'RS256\0', 'RS-256', 'RSA256', 'RSA', 'SHA256withRSA'],
  ...['RS1', 'RS224', 'HS256', 'HS384', 'HS512', 'ES256', 'ES384', 'ES512', 'ES256K', 'EdDSA'],
  ...['Ed25519', 'dir', 'A128KW', 'RSA-OAEP', 'RSA1_5', 'ML-DSA-44', 'sha256', '', 'RS256,none'],
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
]

/** Each rightly signed, were it RS256. */
function names({ withHeader, written, claims, header }: Forge): Cases {
  const { alg: _, ...nameless } = header
  const odd: unknown[] = [null, 256, true, ['RS256'], { name: 'RS256' }, [], {}]
  return [
    ['no name', written(nameless, claims)],
    ...[...NAMES, ...odd].map((alg): [string, string] => [
      `the name ${JSON.stringify(alg)}`,
      withHeader({ alg }),
    ]),
  ]
}

/** Each rightly signed by its own rule, with our key or one of that kind. */
function otherAlgorithms({ keys, header, claims }: Forge): Cases {
  const key = keys.ours.privateKey
  const pss = (hash: string) => (input: string) =>
    sign(hash, Buffer.from(input), {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    })
  const ecdsa = (dsaEncoding: 'der' | 'ieee-p1363') => (input: string) =>
    sign('sha256', Buffer.from(input), { key: keys.ec.privateKey, dsaEncoding })
  const of = (more: object, signature: (input: string) => Buffer) =>
    compact({ ...header, ...more }, claims, signature)
  return [
    ...['sha384', 'sha512'].flatMap((hash): Cases => [
      [`RSA with ${hash}`, of({ alg: hash.replace('sha', 'RS') }, rsa(key, hash))],
      [`PSS with ${hash}`, of({ alg: hash.replace('sha', 'PS') }, pss(hash))],
      [`RSA with ${hash} as RS256`, of({}, rsa(key, hash))],
    ]),
    ['PSS', of({ alg: 'PS256' }, pss('sha256'))],
    ['PSS as RS256', of({}, pss('sha256'))],
    ['SHA-1', of({ alg: 'RS1' }, rsa(key, 'sha1'))],
    ['SHA-1 as RS256', of({}, rsa(key, 'sha1'))],
    ['the published curve', of({ alg: 'ES256', kid: 'ec' }, ecdsa('ieee-p1363'))],
    ['the published curve in DER', of({ alg: 'ES256', kid: 'ec' }, ecdsa('der'))],
    ['the curve as RS256', of({ kid: 'ec' }, ecdsa('ieee-p1363'))],
    ['the curve under our key id', of({ alg: 'ES256' }, ecdsa('ieee-p1363'))],
    ['a key for RS512 as RS256', of({ kid: 'for-rs512' }, rsa(keys.other.privateKey))],
    [
      'a key for RS512',
      of({ kid: 'for-rs512', alg: 'RS512' }, rsa(keys.other.privateKey, 'sha512')),
    ],
    ['a key for encryption', of({ kid: 'encryption' }, rsa(keys.other.privateKey))],
    ['a short key', of({}, rsa(keys.short.privateKey))],
  ]
}

const SIZE = 256
const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const SHA256 = bytes('3031300d060960864801650304020105000420')
const hashOf = (input: string, name = 'sha256') => createHash(name).update(input).digest()

/** 00 01 FF ... FF 00 and what follows (RFC 8017 9.2), or something like it. */
function block(info: Buffer, { start = '0001', fill = 0xff, stop = '00' } = {}): Buffer {
  const [head, end] = [bytes(start), bytes(stop)]
  const filled = Buffer.alloc(SIZE - head.length - end.length - info.length, fill)
  return Buffer.concat([head, filled, end, info])
}

/** Few bytes of padding and the rest behind: what a reader takes who does not look how long it is. */
const early = (info: Buffer, rest: number) =>
  Buffer.concat([bytes('0001ffffffffffffffff00'), info, Buffer.alloc(SIZE, rest)]).subarray(0, SIZE)

const info = (input: string, prefix = SHA256) => Buffer.concat([prefix, hashOf(input)])
const bent = (hash: Buffer) => Buffer.concat([hash.subarray(0, 31), Buffer.of(hash.at(-1)! ^ 1)])

const PADDINGS: Record<string, (input: string) => Buffer> = {
  'no NULL in it': (i) => block(info(i, bytes('302f300b06096086480165030402010420'))),
  'a long length': (i) => block(info(i, bytes('308131300d060960864801650304020105000420'))),
  'two long lengths': (i) => block(info(i, bytes('308131 30810d 060960864801650304020105000420'))),
  'a length without end': (i) => block(info(i, bytes('3080300d060960864801650304020105000420'))),
  'the name of SHA-1': (i) => block(info(i, bytes('3021300906052b0e03021a05000420'))),
  'the name of SHA-512': (i) => block(info(i, bytes('3031300d060960864801650304020305000420'))),
  'the name of MD5': (i) => block(info(i, bytes('302c300c06082a864886f70d020505000420'))),
  'the name of nothing': (i) => block(info(i, bytes('3022 0420'))),
  'the hash alone': (i) => block(hashOf(i)),
  'the hash in hex': (i) => block(Buffer.from(hashOf(i).toString('hex'))),
  'half of the hash': (i) => block(Buffer.concat([SHA256, hashOf(i).subarray(0, 16)])),
  'a bent hash': (i) => block(Buffer.concat([SHA256, bent(hashOf(i))])),
  'a hash of zeros': () => block(Buffer.concat([SHA256, Buffer.alloc(32)])),
  'a hash of nothing': () => block(info('')),
  'a hash of the header': (i) => block(info(i.split('.')[0]!)),
  'a hash of the payload': (i) => block(info(i.split('.')[1]!)),
  'a hash of what it stands for': (i) =>
    block(info(Buffer.from(i, 'base64url').toString('latin1'))),
  'a hash of the hash': (i) => block(Buffer.concat([SHA256, hashOf(hashOf(i).toString('hex'))])),
  'zeros behind the hash': (i) => early(info(i), 0),
  'ones behind the hash': (i) => early(info(i), 255),
  'type 2': (i) => block(info(i), { start: '0002' }),
  'type 0': (i) => block(info(i), { start: '0000', fill: 0 }),
  'another first byte': (i) => block(info(i), { start: '0101' }),
  'other bytes': (i) => block(info(i), { fill: 0xfe }),
  'zeros for bytes': (i) => block(info(i), { fill: 0 }),
  'no stop': (i) => block(info(i), { stop: '' }),
  'another stop': (i) => block(info(i), { stop: '01' }),
}

const paddings = ({ keys, header, claims }: Forge): Cases =>
  Object.entries(PADDINGS).map(([what, blockOf]) => {
    const key = { key: keys.ours.privateKey, padding: constants.RSA_NO_PADDING }
    return [what, compact(header, claims, (input) => privateEncrypt(key, blockOf(input)))]
  })

const ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
const PRIME = 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff'
const n = BigInt(`0x${ORDER}`)
const coordinates = [0n, 1n, n - 1n, n, n + 1n, BigInt(`0x${PRIME}`), 2n ** 256n - 1n]

/** r and s at the edges of what they may be: with zeros, some verifiers once took any message for signed. */
const points = ({ header, claims }: Forge): Cases =>
  coordinates.flatMap((r) =>
    [...new Set([0n, 1n, n, r])].flatMap((s) =>
      ['ES256', 'RS256'].map((alg): [string, string] => {
        const signature = [r, s].map((value) => value.toString(16).padStart(64, '0')).join('')
        const made = compact({ ...header, alg, kid: 'ec' }, claims, () => bytes(signature))
        return [`${alg} with ${r} and ${s}`, made]
      }),
    ),
  )
