import type { KeyObject } from 'node:crypto'
import { base64url, type Cases, type Forge } from './authority.ts'

const PARTS = ['header', 'payload', 'signature'] as const

/** A good token after something happened to it on the way. */
export const bentTokens = (forge: Forge): [kind: string, cases: Cases][] => {
  const good = forge.withHeader({})
  const parts = good.split('.')
  const withPart = (at: number, part: string) => parts.with(at, part).join('.')
  return [
    ['a bit flipped', PARTS.flatMap((_, at) => flips(parts[at]!, at, withPart))],
    ['a signature of another length or value', signatures(forge, parts)],
    ['parts missing, swapped or too many', arrangements(parts)],
    ['parts that are no base64url', PARTS.flatMap((_, at) => spellings(parts[at]!, at, withPart))],
    ['a signature spelt in another way', otherSpellings(parts[2]!, withPart)],
    ['parts of two good ones', mixed(forge, parts)],
  ]
}

type WithPart = (at: number, part: string) => string
const FLIPS = [12, 16, 24]

function flips(part: string, at: number, withPart: WithPart): Cases {
  const bits = Buffer.from(part, 'base64url').length * 8
  const count = FLIPS[at] ?? 0
  return Array.from({ length: count }, (_, n) => {
    const bit = Math.floor((n * (bits - 1)) / (count - 1))
    const bytes = Buffer.from(part, 'base64url')
    bytes[bit >> 3]! ^= 1 << (bit & 7)
    return [`bit ${bit} of the ${PARTS[at]}`, withPart(at, base64url(bytes))]
  })
}

function signatures({ keys, withClaims }: Forge, [header, payload, last]: string[]): Cases {
  const bytes = Buffer.from(last!, 'base64url')
  const { length } = bytes
  const modulus = modulusOf(keys.ours.publicKey)
  const value = BigInt(`0x${bytes.toString('hex')}`)
  const number = (n: bigint, size = length) =>
    Buffer.from(n.toString(16).padStart(size * 2, '0'), 'hex')
  const shorter = [0, 1, 2, 16, 31, 32, 64, 127, 128, 254, 255].map((size): [string, Buffer] => [
    `cut to ${size} bytes`,
    bytes.subarray(0, size),
  ])
  const longer = [1, 2, 16, 256].flatMap((size): [string, Buffer][] => [
    [`${size} zeros behind`, Buffer.concat([bytes, Buffer.alloc(size)])],
    [`${size} zeros in front`, Buffer.concat([Buffer.alloc(size), bytes])],
  ])
  const values: [string, Buffer][] = [
    ['zeros', Buffer.alloc(length)],
    ['ones', Buffer.alloc(length, 255)],
    ['one', number(1n)],
    ['the modulus', number(modulus)],
    ['the modulus less one', number(modulus - 1n)],
    ['its complement', number(modulus - value)],
    ['itself and the modulus', number(value + modulus, length + 1)],
    ['backwards', Buffer.from(bytes).reverse()],
    ['twice', Buffer.concat([bytes, bytes])],
    ['of other claims', Buffer.from(withClaims({ oid: 'x' }).split('.')[2]!, 'base64url')],
    ['the header', Buffer.from(header!)],
  ]
  return [...shorter, ...longer, ...values].map(([what, signature]) => [
    `signature ${what}`,
    `${header}.${payload}.${base64url(signature)}`,
  ])
}

const modulusOf = (key: KeyObject): bigint => {
  const { n = '' } = key.export({ format: 'jwk' })
  return BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`)
}

function arrangements([h, p, s]: string[]): Cases {
  const texts = [
    ...['', '.', '..', '...', '....', 'a', 'a.b.c', 'null', 'undefined', 'Bearer'],
    ...[`${h}`, `${h}.`, `${h}..`, `${h}.${p}`, `.${p}.${s}`, `${h}..${s}`, `..${s}`],
    ...[`${h}.${p}.${s}.`, `.${h}.${p}.${s}`, `${h}.${p}.${s}.${s}`, `${h}.${p}.${s}.a.b`],
    ...[`${h}.${s}.${p}`, `${p}.${h}.${s}`, `${p}.${s}.${h}`, `${s}.${h}.${p}`, `${s}.${p}.${h}`],
    ...[`${h}.${h}.${s}`, `${p}.${p}.${s}`, `${h}.${p}.${p}`, `${h}${p}${s}`, `${h}.${p}${s}`],
    ...[`${h}.${p}.${s}${h}.${p}.${s}`, `${h}-${p}-${s}`, `${h}:${p}:${s}`, `${h},${p},${s}`],
    JSON.stringify({ protected: h, payload: p, signature: s }),
    JSON.stringify({ payload: p, signatures: [{ protected: h, signature: s }] }),
    base64url(`${h}.${p}.${s}`),
    `"${h}.${p}.${s}"`,
  ]
  return texts.map((text, n) => [`arrangement ${n}`, text])
}

function spellings(part: string, at: number, withPart: WithPart): Cases {
  const middle = (text: string) => part.slice(0, 20) + text + part.slice(20)
  const bytes = Buffer.from(part, 'base64url')
  const spelt: Record<string, string> = {
    'a pad': `${part}=`,
    'two pads': `${part}==`,
    'a pad in front': `=${part}`,
    'a pad in the middle': middle('='),
    'an escaped pad': `${part}%3D`,
    'a space': middle(' '),
    'a tab': middle('\t'),
    'a line feed': middle('\n'),
    'a line break': middle('\r\n'),
    'a zero': middle('\0'),
    'an accent': middle('é'),
    'a line separator': middle('\u2028'),
    'an asterisk': middle('*'),
    'a plus': middle('+'),
    'a slash': middle('/'),
    'a tilde': middle('~'),
    'a comma': middle(','),
    'a dot': middle('.'),
    'one character more': `${part}B`,
    'one character less': part.slice(1),
    'base64 twice': base64url(part),
    hex: bytes.toString('hex'),
    'capitals alone': part.toUpperCase(),
    'its end in front': part.slice(-4) + part.slice(0, -4),
  }
  return Object.entries(spelt).map(([what, text]) => [
    `${what} in the ${PARTS[at]}`,
    withPart(at, text),
  ])
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The same bytes for a lenient reader: 256 of them leave four bits of the last character over. */
function otherSpellings(signature: string, withPart: WithPart): Cases {
  const last = ALPHABET.indexOf(signature.at(-1)!)
  const idle = Array.from({ length: 15 }, (_, n): [string, string] => [
    `idle bits ${n + 1}`,
    signature.slice(0, -1) + ALPHABET[last ^ (n + 1)],
  ])
  const bytes = Buffer.from(signature, 'base64url')
  const others: [string, string][] = [
    ['the other alphabet', bytes.toString('base64').replace(/=+$/, '')],
    ['the other alphabet with its pads', bytes.toString('base64')],
    ['one letter of the other alphabet', signature.replace(/[-_]/, (c) => (c === '-' ? '+' : '/'))],
    ['all pads there can be', `${signature}======`],
  ]
  return [...idle, ...others]
    .filter(([, text]) => text !== signature) // it may happen to hold none of those letters
    .map(([what, text]) => [what, withPart(2, text)])
}

/** Two good tokens, cut and put together. */
function mixed({ withClaims, withHeader }: Forge, [h, p, s]: string[]): Cases {
  const [, payload2, signature2] = withClaims({ name: 'Another' }).split('.')
  const [header2, , signature3] = withHeader({ typ: 'at+jwt' }).split('.')
  return [
    ['another payload', `${h}.${payload2}.${s}`],
    ['another signature', `${h}.${p}.${signature2}`],
    ['another header', `${header2}.${p}.${s}`],
    ['the signature of another header', `${h}.${p}.${signature3}`],
    ['another header and payload', `${header2}.${payload2}.${s}`],
    ['half of another signature', `${h}.${p}.${s!.slice(0, 170)}${signature2!.slice(170)}`],
  ]
}
