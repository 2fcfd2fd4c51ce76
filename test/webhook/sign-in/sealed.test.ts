import { randomBytes } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { SealBrokenError } from '../../../webhook/keys/cipher.ts'
import { Sealer } from '../../../webhook/sign-in/sealed.ts'

const rootKey = Buffer.alloc(32, 1)
const sealer = new Sealer(rootKey, 'token-cache')

describe('a sealed text', () => {
  it('opens as it was, for what it is bound to', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string(), (text, boundTo) => {
        expect(sealer.open(sealer.seal(text, boundTo), boundTo)).toBe(text)
      }),
    )
  })

  it('shows nothing of the text, and looks different each time', () => {
    const texts = Array.from({ length: 200 }, () => sealer.seal('refresh-token', 'alice'))
    expect(new Set(texts).size).toBe(200)
    expect(texts.join()).not.toContain('refresh')
  })

  it('does not open after any of its bits was flipped', () => {
    const sealed = Buffer.from(sealer.seal('secret', 'alice').slice(3), 'base64url')
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const bent = Buffer.from(sealed)
      bent[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => sealer.open(`v1.${bent.toString('base64url')}`, 'alice')).toThrow(
        SealBrokenError,
      )
    }
  })

  it.each([
    ['for another person', (sealed: string) => sealer.open(sealed, 'bob')],
    [
      'under another label',
      (sealed: string) => new Sealer(rootKey, 'sign-in-attempt').open(sealed, 'alice'),
    ],
    [
      'under another root key',
      (sealed: string) => new Sealer(randomBytes(32), 'token-cache').open(sealed, 'alice'),
    ],
    ['cut short', (sealed: string) => sealer.open(sealed.slice(0, 20), 'alice')],
    ['of another version', (sealed: string) => sealer.open(sealed.replace('v1', 'v2'), 'alice')],
    ['that is empty', () => sealer.open('', 'alice')],
  ])('does not open %s', (_, open) => {
    const sealed = sealer.seal('secret', 'alice')
    expect(() => open(sealed)).toThrow(expect.objectContaining({ code: 'seal-broken' }))
  })
})
