import { describe, expect, it } from '@jest/globals'
import { Random } from '../../../sandbox/random.ts'
import { deriveKey, keyedDigest, openBytes, sealBytes } from '../../../webhook/keys/cipher.ts'
import { gcm, hkdf, hmac } from './second-opinion.ts'

/** Vectors of our own in the families of Project Wycheproof: good ones, and each with one thing wrong. */
type Vector = { key: Buffer; iv: Buffer; aad: Buffer; plain: Buffer }
type Sealed = Vector & { cipher: Buffer; tag: Buffer }

const random = new Random(316)
const bytes = (length: number) => Buffer.from(Array.from({ length }, () => random.between(0, 255)))
const filled = (length: number, byte: number) => Buffer.alloc(length, byte)

/** Around the ends of blocks and of words, where implementations err. */
const LENGTHS = [0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257]

const vectors: Vector[] = [
  ...LENGTHS.map((length) => [length, 0] as const),
  ...LENGTHS.map((length) => [0, length] as const),
  ...LENGTHS.map((length) => [length, 13] as const),
  ...LENGTHS.map((length) => [20, length] as const),
]
  .map(([plain, aad]) => ({ key: bytes(32), iv: bytes(12), aad: bytes(aad), plain: bytes(plain) }))
  .concat(
    [0, 0x55, 0x80, 0xff].flatMap((byte) =>
      [0, 16, 40].map((length) => ({
        ...{ key: filled(32, byte), iv: filled(12, byte) },
        ...{ aad: filled(length, byte), plain: filled(length, byte) },
      })),
    ),
  )

const whole = ({ iv, cipher, tag }: Sealed) => Buffer.concat([iv, cipher, tag])
function sealedBySecond(vector: Vector): Sealed {
  const [cipher, tag] = gcm(vector.key, vector.iv, vector.aad, vector.plain)
  return { ...vector, cipher, tag }
}
const opened = (sealed: Sealed) => openBytes({ key: sealed.key, aad: sealed.aad }, whole(sealed))

const flipped = (from: Buffer, bit: number) => {
  const bent = Buffer.from(from)
  bent[bit >> 3]! ^= 0x80 >> (bit & 7)
  return bent
}
/** The bits that Wycheproof turns. */
const BITS = [0, 1, 7, 8, 31, 32, 33, 63, 64, 71, 77, 80, 96, 97, 103, 120, 121, 126, 127]

/** The same vector with one thing wrong, by the name of what is. */
function* bent(good: Sealed, other: Sealed): Generator<[string, Sealed]> {
  const { key, iv, aad, cipher, tag } = good
  for (const bit of BITS)
    yield [`bit ${bit} of the tag turned`, { ...good, tag: flipped(tag, bit) }]
  const tags = {
    'all bits turned': Buffer.from(tag.map((byte) => byte ^ 0xff)),
    'the first bit of each byte turned': Buffer.from(tag.map((byte) => byte ^ 0x80)),
    'two bits turned': flipped(flipped(tag, 3), 99),
    'half of it turned': Buffer.from(tag.map((byte, at) => (at < 8 ? byte ^ 0xff : byte))),
    'of zeroes': Buffer.alloc(16),
    'of ones': filled(16, 0xff),
    'back to front': Buffer.from(tag).reverse(),
    'of another text': other.tag,
  }
  for (const [how, wrong] of Object.entries(tags)) yield [`a tag ${how}`, { ...good, tag: wrong }]
  for (let length = 0; length < 16; length++)
    yield [`a tag of ${length} bytes`, { ...good, tag: tag.subarray(0, length) }]
  yield ['a byte too many', { ...good, tag: Buffer.concat([tag, Buffer.alloc(1)]) }]
  for (const bit of [0, 1, 47, 64, 95])
    yield [`bit ${bit} of the iv turned`, { ...good, iv: flipped(iv, bit) }]
  yield ['the iv of another text', { ...good, iv: other.iv }]
  yield ['a longer aad', { ...good, aad: Buffer.concat([aad, Buffer.alloc(1)]) }]
  yield ['the aad of another text', { ...good, aad: Buffer.concat([other.aad, Buffer.from('x')]) }]
  if (aad.length > 0) {
    yield ['no aad', { ...good, aad: Buffer.alloc(0) }]
    yield ['a shorter aad', { ...good, aad: aad.subarray(1) }]
    yield ['the first bit of the aad turned', { ...good, aad: flipped(aad, 0) }]
  }
  if (cipher.length > 0) {
    yield ['the first bit of the text turned', { ...good, cipher: flipped(cipher, 0) }]
    yield [
      'the last bit of the text turned',
      { ...good, cipher: flipped(cipher, cipher.length * 8 - 1) },
    ]
    yield ['a shorter text', { ...good, cipher: cipher.subarray(1) }]
    yield [
      'the text moved to the aad',
      { ...good, aad: Buffer.concat([aad, cipher]), cipher: Buffer.alloc(0) },
    ]
  }
  yield ['a longer text', { ...good, cipher: Buffer.concat([cipher, Buffer.alloc(16)]) }]
  for (const bit of [0, 128, 255])
    yield [`bit ${bit} of the key turned`, { ...good, key: flipped(key, bit) }]
  for (const length of [0, 16, 24, 31, 33])
    yield [`a key of ${length} bytes`, { ...good, key: filled(length, 1) }]
}

describe('AES-256-GCM, as Wycheproof asks (K7)', () => {
  it('seals as the standard says, and opens what another sealed', () => {
    expect(vectors.length).toBeGreaterThan(80)
    for (const vector of vectors) {
      const sealed = sealedBySecond(vector)
      expect(sealBytes(vector, vector.plain)).toEqual(whole(sealed))
      expect(opened(sealed)).toEqual(vector.plain)
    }
  })

  it('opens none of more than 300 that are not what was sealed', () => {
    const goods = vectors
      .slice(0, 80)
      .filter((_, at) => at % 6 === 0)
      .map(sealedBySecond)
    const wrong = goods.flatMap((good, at) => [...bent(good, goods[(at + 1) % goods.length]!)])
    expect(wrong.length).toBeGreaterThan(300)
    const open = wrong.filter(([, sealed]) => {
      try {
        return opened(sealed) !== undefined
      } catch {
        return false
      }
    })
    expect(open.map(([how]) => how)).toEqual([])
  })
})

describe('HMAC-SHA256, as Wycheproof asks (K7)', () => {
  const cases = LENGTHS.flatMap((key) =>
    LENGTHS.slice(0, 10).map((text) => [bytes(key), bytes(text)] as const),
  )

  it('is as the standard says, for keys short and long', () => {
    expect(cases.length).toBeGreaterThan(174)
    for (const [key, text] of cases) expect(keyedDigest(key, text)).toEqual(hmac(key, text))
  })

  it('is another for another key or text', () => {
    const known = cases
      .filter(([key]) => key.length > 0 && key.at(-1) !== 0)
      .map(([key, text]) => keyedDigest(key, text).toString('hex'))
    expect(new Set(known).size).toBe(known.length)
    for (const [key, text] of cases.filter(([key]) => key.length > 0)) {
      const digest = keyedDigest(key, text)
      expect(keyedDigest(flipped(key, 0), text)).not.toEqual(digest)
      expect(keyedDigest(key, Buffer.concat([text, Buffer.alloc(1)]))).not.toEqual(digest)
    }
  })

  it('begins as RFC 4231 case 5 cuts it off', () => {
    const digest = keyedDigest(filled(20, 0x0c), 'Test With Truncation')
    expect(digest.toString('hex')).toMatch(/^a3b6167473100ee06e0c796c2955552b/)
  })
})

describe('HKDF-SHA256, as Wycheproof asks (K7)', () => {
  it('is as the standard says, with and without salt and purpose', () => {
    const cases = LENGTHS.slice(1).flatMap((secret) =>
      [0, 1, 32, 65, 200].map(
        (rest) => [bytes(secret), bytes(rest), bytes((rest * 3) % 257)] as const,
      ),
    )
    expect(cases.length).toBeGreaterThan(86)
    for (const [secret, salt, info] of cases)
      expect(deriveKey(secret, info, salt)).toEqual(hkdf(secret, salt, info))
  })
})
