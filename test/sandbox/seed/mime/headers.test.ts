import { describe, expect, it } from '@jest/globals'
import {
  encodeWords,
  formatAddress,
  formatDate,
  headerLine,
  parameter,
  parseAddress,
} from '../../../../sandbox/seed/mime/headers.ts'

describe('a header', () => {
  it('leaves plain words alone and encodes the rest in words of at most 75 characters', () => {
    expect(encodeWords('Beans, 12 kg')).toBe('Beans, 12 kg')
    expect(encodeWords('Grüße')).toBe('=?utf-8?B?R3LDvMOfZQ==?=')
    const words = encodeWords('お見積り'.repeat(30), 'iso-2022-jp').split(' ')
    expect(words.length).toBeGreaterThan(2)
    for (const word of words) expect(word.length).toBeLessThanOrEqual(75)
  })

  it('encodes what only looks encoded', () => {
    expect(encodeWords('=?utf-8?Q?no?=')).toMatch(/^=\?utf-8\?B\?/)
  })

  it.each([
    ['Nora <nora@northwind.test>', { name: 'Nora', address: 'nora@northwind.test' }],
    ['"Archer, A." <a@contoso.test>', { name: 'Archer, A.', address: 'a@contoso.test' }],
    ['<a@contoso.test>', { address: 'a@contoso.test' }],
    [' a@contoso.test ', { address: 'a@contoso.test' }],
  ])('reads the address %s', (written, address) => {
    expect(parseAddress(written)).toEqual(address)
  })

  it('quotes names that need it', () => {
    expect(formatAddress({ name: 'Archer, A.', address: 'a@x.test' })).toBe(
      '"Archer, A." <a@x.test>',
    )
    expect(formatAddress({ name: 'Nora L', address: 'n@x.test' })).toBe('Nora L <n@x.test>')
  })

  it.each([
    ['+0000', 'Fri, 20 Nov 2026 23:30:05 +0000'],
    ['+0900', 'Sat, 21 Nov 2026 08:30:05 +0900'],
    ['-0530', 'Fri, 20 Nov 2026 18:00:05 -0530'],
  ])('tells the date at %s', (offset, written) => {
    expect(formatDate(new Date('2026-11-20T23:30:05.900Z'), offset)).toBe(written)
  })

  it('gives a file name that is not ASCII in the way of RFC 2231', () => {
    expect(parameter('filename', 'plan "a".pdf')).toBe('; filename="plan \\"a\\".pdf"')
    expect(parameter('filename', "Zoë's (1).pdf")).toBe(
      "; filename*=utf-8''Zo%C3%AB%27s%20%281%29.pdf",
    )
  })

  it('folds between words, never within one', () => {
    const ids = Array.from({ length: 6 }, (_, index) => `<${index}.abcdefghijkl@northwind.test>`)
    const lines = headerLine(['References', ids.join(' ')])
      .split('\r\n')
      .slice(0, -1)
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.every((line) => line.length <= 78)).toBe(true)
    expect(lines.slice(1).every((line) => line.startsWith(' '))).toBe(true)
    expect(lines.join('').replace('References: ', '')).toBe(ids.join(' '))
  })
})
