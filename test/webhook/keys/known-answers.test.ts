import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  deriveKey,
  IV_BYTES,
  keyedDigest,
  openBytes,
  sealBytes,
  SealBrokenError,
} from '../../../webhook/keys/cipher.ts'

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')
const times = (byte: string, count: number) => byte.repeat(count)

const P64 = `d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
             1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255`
const K = times('feffe9928665731c6d6a8f9467308308', 2)
const C64 = `522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
             8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad`

type Answer = Record<'key' | 'iv' | 'plain' | 'aad' | 'cipher' | 'tag', string>
const nothing = { plain: '', aad: '', cipher: '' }
const zeroes = { ...nothing, key: times('00', 32), iv: times('00', 12) }
const mail = { ...nothing, key: K, iv: 'cafebabefacedbaddecaf888', plain: P64, cipher: C64 }
const short = (text: string) => hex(text).toString('hex').slice(0, -8)

const GCM: [string, Answer][] = [
  [
    'McGrew and Viega 13: nothing under zeroes',
    { ...zeroes, tag: '530f8afbc74536b9a963b4f1c4cb738b' },
  ],
  [
    'McGrew and Viega 14: one block of zeroes',
    {
      ...{ ...zeroes, plain: times('00', 16), cipher: 'cea7403d4d606b6e074ec5d3baf39d18' },
      tag: 'd0d1c8a799996bf0265b98b5d48ab919',
    },
  ],
  ['McGrew and Viega 15: four blocks', { ...mail, tag: 'b094dac5d93471bdec1a502270e3cc6c' }],
  [
    'McGrew and Viega 16: with associated data, not whole blocks',
    {
      ...{ ...mail, plain: short(P64), cipher: short(C64) },
      aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
      tag: '76fc6ece0f4e1768cddf8853bb2d551b',
    },
  ],
  [
    'NIST CAVS, 256 bits, nothing at all',
    {
      ...nothing,
      key: 'b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4',
      iv: '516c33929df5a3284ff463d7',
      tag: 'bdc1ac884d332457a1d2664f168c76f0',
    },
  ],
]

describe('AES-256-GCM', () => {
  const sealedOf = ({ iv, cipher, tag }: Answer) => Buffer.concat([iv, cipher, tag].map(hex))

  it.each(GCM)('answers as published: %s', (_name, answer) => {
    const [key, aad, iv, plain] = [answer.key, answer.aad, answer.iv, answer.plain].map(hex)
    expect(sealBytes({ key: key!, aad: aad!, iv: iv! }, plain!)).toEqual(sealedOf(answer))
    expect(openBytes({ key: key!, aad: aad! }, sealedOf(answer))).toEqual(plain)
  })

  it.each(GCM)('refuses each flipped bit: %s', (_name, answer) => {
    const sealed = sealedOf(answer)
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const bent = Buffer.from(sealed)
      bent[bit >> 3]! ^= 1 << (bit & 7)
      const opening = { key: hex(answer.key), aad: hex(answer.aad) }
      expect(() => openBytes(opening, bent)).toThrow(SealBrokenError)
    }
  })

  it('refuses what is cut short, a shortened tag among it', () => {
    const key = hex(K)
    const sealed = sealBytes({ key, aad: 'a' }, Buffer.from('text'))
    for (let length = 0; length < sealed.length; length++)
      expect(() => openBytes({ key, aad: 'a' }, sealed.subarray(0, length))).toThrow(
        SealBrokenError,
      )
  })

  it('never takes the same iv twice', () => {
    const key = hex(K)
    const ivs = Array.from({ length: 5_000 }, () =>
      sealBytes({ key, aad: '' }, Buffer.alloc(1)).subarray(0, IV_BYTES).toString('hex'),
    )
    expect(new Set(ivs).size).toBe(5_000)
  })

  it('opens any bytes as they were, and for nothing else than what they were sealed for', () => {
    const key = hex(K)
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), fc.string(), (bytes, aad, other) => {
        const sealed = sealBytes({ key, aad }, bytes)
        expect(openBytes({ key, aad }, sealed)).toEqual(Buffer.from(bytes))
        if (other !== aad)
          expect(() => openBytes({ key, aad: other }, sealed)).toThrow(SealBrokenError)
      }),
    )
  })
})

describe('HMAC-SHA256 answers as RFC 4231', () => {
  const LONG =
    'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.'
  it.each([
    [
      'case 1',
      ...[times('0b', 20), Buffer.from('Hi There')],
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
    [
      'case 2',
      ...[Buffer.from('Jefe').toString('hex'), Buffer.from('what do ya want for nothing?')],
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      'case 3',
      ...[times('aa', 20), hex(times('dd', 50))],
      '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
    ],
    [
      'case 4',
      ...['0102030405060708090a0b0c0d0e0f10111213141516171819', hex(times('cd', 50))],
      '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
    ],
    [
      'case 6',
      times('aa', 131),
      Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First'),
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
    [
      'case 7',
      ...[times('aa', 131), Buffer.from(LONG)],
      '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
    ],
  ] as [string, string, Buffer, string][])('%s', (_name, key, data, digest) => {
    expect(keyedDigest(hex(key), data).toString('hex')).toBe(digest)
  })
})

describe('HKDF-SHA256 answers as RFC 5869, its first 32 bytes', () => {
  const range = (from: number, to: number) =>
    Buffer.from(Array.from({ length: to - from + 1 }, (_, at) => from + at))
  const secret = hex(times('0b', 22))
  const none = Buffer.alloc(0)
  it.each([
    [
      { secret, salt: range(0x00, 0x0c), info: range(0xf0, 0xf9) },
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf',
    ],
    [
      { secret: range(0x00, 0x4f), salt: range(0x60, 0xaf), info: range(0xb0, 0xff) },
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c',
    ],
    [
      { secret, salt: none, info: none },
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d',
    ],
  ])('case %#', ({ secret, salt, info }, key) => {
    expect(deriveKey(secret, info, salt).toString('hex')).toBe(key)
  })
})
