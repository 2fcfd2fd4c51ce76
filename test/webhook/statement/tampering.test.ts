import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { beforeAll, describe, expect, it } from '@jest/globals'
import type { SignedStatement, StatementKeySet } from '../../../models/wire/statement.ts'
import { StatementSigner } from '../../../webhook/statement/statement-signer.ts'
import { verifyStatement } from '../../../webhook/statement/verify-statement.ts'
import { aStatement } from '../../support/statements.ts'

const rootKey = (fill: number) => Buffer.alloc(32, fill)
const signer = new StatementSigner(rootKey(1))
const somebodyElse = new StatementSigner(rootKey(2))

let good: SignedStatement
let keys: StatementKeySet
beforeAll(async () => {
  keys = await signer.publicKeys()
  const shortfalls = [{ code: 'paused' as const, folderId: null, sentence: 'Reading is paused.' }]
  good = await signer.sign(aStatement({ complete: false, shortfalls }))
})

const faultOf = async (document: unknown, against: unknown = keys) => {
  const verification = await verifyStatement(document, against)
  return verification.isGood ? null : verification.fault
}

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** Every place in a document, as a path of keys. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  const below = isObject(value)
    ? Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))
    : []
  return [path, ...below]
}

/** A copy with the place at `path` handed to `change`. */
function changed(document: unknown, path: string[], change: (parent: Json, key: string) => void) {
  const copy = structuredClone({ root: document }) as Json
  const steps = ['root', ...path]
  const parent = steps.slice(0, -1).reduce<Json>((at, key) => at[key] as Json, copy)
  change(parent, steps.at(-1)!)
  return copy['root']
}

const another = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (typeof value === 'string') return value.endsWith('Z') ? '2001-01-01T00:00:00Z' : `${value} `
  return value === null ? 'folder-inbox' : null
}

const parts = (signature: string) => signature.split('.') as [string, string, string]
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const withHeader = (header: Json) => {
  const [, payload, signature] = parts(good.signature)
  return { ...good, signature: [encoded(header), payload, signature].join('.') }
}

const inPem = (key: KeyObject): string => key.export({ format: 'pem', type: 'spki' }).toString()

describe('a statement as it was signed', () => {
  it('is good, for everybody who has the key or the set of keys', async () => {
    const { statement } = good
    const keyId = keys.keys[0]!.kid
    expect(await verifyStatement(good, keys)).toEqual({ isGood: true, statement, keyId })
    expect(await verifyStatement(good, keys.keys[0])).toEqual({ isGood: true, statement, keyId })
  })

  it('is good by the key in any form: JSON Web Key, key set or PEM, as they are in a file', async () => {
    const [key] = keys.keys
    const pem = inPem(createPublicKey({ key: key!, format: 'jwk' }))
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    const another = inPem(publicKey)
    for (const form of [JSON.stringify(key), JSON.stringify(keys), pem, `${another}\n${pem}`])
      expect(await faultOf(good, form)).toBeNull()
    for (const form of ['', 'x', '"x"', '[]', another, pem.slice(0, -40), '-----BEGIN X-----'])
      expect(await faultOf(good, form)).toBe('no-such-key')
  })

  it('is good after it went through a file, with its fields in another order', async () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed)
        : isObject(value)
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, inner]) => [key, reversed(inner)]),
            )
          : value
    expect(await faultOf(JSON.parse(JSON.stringify(reversed(good), null, 4)))).toBeNull()
  })

  it('is found among the keys of several services, by what the key is', async () => {
    const both = [...(await somebodyElse.publicKeys()).keys, ...keys.keys]
    expect(await faultOf(good, { keys: [{ kty: 'RSA' }, ...both] })).toBeNull()
  })

  it('is made with the same key by every instance, and by no other service', async () => {
    expect(await new StatementSigner(rootKey(1)).publicKeys()).toEqual(keys)
    expect(await somebodyElse.publicKeys()).not.toEqual(keys)
  })
})

describe('a statement that was tampered with', () => {
  it('has many places to tamper with, and is good while none of them is touched', async () => {
    expect(placesIn(good).length).toBeGreaterThan(40)
    expect(await faultOf(changed(good, ['statement', 'at'], () => undefined))).toBeNull()
  })

  it('is refused whichever field was changed', async () => {
    for (const path of placesIn(good)) {
      const altered = changed(good, path, (parent, key) => (parent[key] = another(parent[key])))
      expect({ path, isGood: (await verifyStatement(altered, keys)).isGood }).toEqual({
        path,
        isGood: false,
      })
    }
  })

  it('is refused whichever field was taken away', async () => {
    for (const path of placesIn(good).slice(1)) {
      const altered = changed(good, path, (parent, key) => {
        if (Array.isArray(parent)) parent.splice(Number(key), 1)
        else delete parent[key]
      })
      expect({ path, fault: await faultOf(altered) }).not.toEqual({ path, fault: null })
    }
  })

  it('is refused wherever a field was added', async () => {
    for (const path of placesIn(good)) {
      const altered = changed(good, path, (parent, key) => {
        const place = parent[key]
        if (Array.isArray(place)) place.push(structuredClone(place[0]) ?? 'more')
        else if (isObject(place)) place['note'] = 'all is well'
        else parent['note'] = 'all is well'
      })
      expect({ path, fault: await faultOf(altered) }).not.toEqual({ path, fault: null })
    }
  })

  it('is refused with the good signature of another statement', async () => {
    const { signature } = await signer.sign(aStatement())
    expect(await faultOf({ ...good, signature })).toBe('altered')
  })

  it('is refused when the signed part was changed along with the readable one', async () => {
    const statement = aStatement()
    const [header, , signature] = parts(good.signature)
    const forged = { statement, signature: [header, encoded(statement), signature].join('.') }
    expect(await faultOf(forged)).toBe('bad-signature')
  })

  it('is refused when any character of the signature was changed', async () => {
    const { length } = good.signature
    for (let at = length - 1; at >= 0; at -= 7) {
      const replaced = good.signature[at] === 'A' ? 'B' : 'A'
      const signature = good.signature.slice(0, at) + replaced + good.signature.slice(at + 1)
      expect(await faultOf({ ...good, signature })).not.toBeNull()
    }
  })
})

describe('a statement of somebody else', () => {
  it('is refused, and is not called altered', async () => {
    expect(await faultOf(await somebodyElse.sign(aStatement()))).toBe('no-such-key')
    expect(await faultOf(good, await somebodyElse.publicKeys())).toBe('no-such-key')
  })

  it('is refused also when it calls its key by the name of ours', async () => {
    const forged = await somebodyElse.sign(good.statement)
    const [, payload, signature] = parts(forged.signature)
    const [header] = parts(good.signature)
    expect(await faultOf({ ...good, signature: [header, payload, signature].join('.') })).toBe(
      'bad-signature',
    )
    const [theirs] = (await somebodyElse.publicKeys()).keys
    expect(await faultOf(forged, { keys: [{ ...theirs!, kid: keys.keys[0]!.kid }] })).toBeNull()
    expect(await faultOf(good, { keys: [{ ...theirs!, kid: keys.keys[0]!.kid }] })).toBe(
      'no-such-key',
    )
  })

  it.each([
    ['no key at all', undefined],
    ['an empty set', { keys: [] }],
    ['a word', 'key'],
    ['a key of another kind', { kty: 'EC', crv: 'P-256', x: 'a', y: 'b' }],
  ])('is refused with %s', async (_, against) => {
    expect(await faultOf(good, against ?? null)).toBe('no-such-key')
  })
})

describe('a signature that is none', () => {
  const kid = () => keys.keys[0]!.kid

  it('of the algorithm "none" is refused', async () => {
    const header = { alg: 'none', typ: 'flowcrm-statement', kid: kid() }
    const signature = `${encoded(header)}.${encoded(good.statement)}.`
    expect(await faultOf({ ...good, signature })).toBe('bad-signature')
    expect(await faultOf(withHeader(header))).toBe('bad-signature')
  })

  it('made with the public key as a shared secret is refused', async () => {
    const header = encoded({ alg: 'HS256', typ: 'flowcrm-statement', kid: kid() })
    const input = `${header}.${encoded(good.statement)}`
    const secret = Buffer.from(keys.keys[0]!.x, 'base64url')
    const mac = createHmac('sha256', secret).update(input).digest('base64url')
    expect(await faultOf({ ...good, signature: `${input}.${mac}` })).toBe('bad-signature')
  })

  it('made by our key for something that is no statement is refused', async () => {
    expect(await faultOf(withHeader({ alg: 'EdDSA', typ: 'JWT', kid: kid() }))).toBe(
      'bad-signature',
    )
  })

  it.each(['', 'a.b.c', '..', 'word', '{}.{}.{}'])('%p is refused', async (signature) => {
    expect(await faultOf({ ...good, signature })).not.toBeNull()
  })

  it.each([[null], [42], ['text'], [[]], [{}], [{ statement: {} }], [{ signature: '' }]])(
    '%p is no statement',
    async (document) => expect(await faultOf(document)).toBe('not-a-statement'),
  )

  it('of a format that this version does not know is not guessed at', async () => {
    const later = { ...good.statement, format: 'flowcrm-statement/2' as 'flowcrm-statement/1' }
    expect(await faultOf(await signer.sign(later))).toBe('not-a-statement')
  })
})
