import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  addressForms,
  atDomain,
  domainOf,
  foldedAddress,
  normaliseAddress,
  normaliseDomain,
} from '../../../../webhook/crm/decide/addresses.ts'

/** Every spelling of a group reaches the same mailbox; no two groups do. */
const MAILBOXES: [normalised: string, ...spellings: string[]][] = [
  [
    'jane@example.com',
    'Jane@Example.COM',
    ' jane@example.com\t',
    '"jane"@example.com',
    'jane@example.com.',
  ],
  [
    'jane.doe@example.com',
    'jane(work).doe@example.com',
    '(x(y))jane.doe@example.com',
    '"jane.doe"@example.com',
  ],
  ['jane+news@example.com', '"jane+news"@example.com'],
  ['"jane doe"@example.com', '"Jane Doe"@example.com', '"jane\\ doe"@example.com'],
  ['"jane@example.com"@example.net', '"jane\\@example.com"@example.net'],
  ['"a\\"b"@example.com'],
  ['"a\\\\b"@example.com'],
  ['"(not a comment)"@example.com'],
  [
    'jane@xn--mnchen-3ya.example',
    'jane@MÜNCHEN.example',
    'jane@mu\u0308nchen.example',
    'jane@xn--mnchen-3ya.example',
  ],
  ['jane@example.org', 'jane＠example.org', 'jane@example。org', 'ｊａｎｅ@example.org'],
  ['日本@xn--wgv71a.example', '日本@日本.example'],
  ['jane.@docomo.example', '"jane."@docomo.example'],
  ['jane@[192.0.2.1]', 'jane@[192.0.2.1] '],
  ["o'brien@example.com"],
  ['!#$%&*+-/=?^_`{|}~@example.com'],
  ['jane@localhost', 'JANE@LOCALHOST'],
  ['jane@_spf.example.com'],
]

const NO_ADDRESSES = [
  '', ' ', '@', '@@', 'jane', 'jane@', '@example.com', 'jane@@example.com', 'jane@a@example.com',
  'Jane <jane@example.com>', '<jane@example.com>', 'mailto:jane@example.com', 'jane doe@example.com',
  'jane@exam ple.com', 'jane@example..com', 'jane@.example.com', 'jane@-example.com', 'jane@example-.com',
  'jane@127.0.0.1', 'jane@0x7f.1', 'jane@2130706433', 'jane@example.com:25', 'jane@example.com/path',
  'jane@exa%2emple.com', 'jane@example.com?x', 'jane@example.com#x', 'jane@[192.0.2.1', '"jane@example.com',
  'jane"@example.com', '(jane@example.com', 'jane)@example.com', '""@example.com', '"a"b@example.com',
  'a,b@example.com', 'jane@example.com;joe@example.com', 'jane@example.com, joe@example.com',
  'jane\u200b@example.com', 'ja\u0000ne@example.com', 'jane\u202e@example.com', 'jane@exam\u00adple\u0000.com',
  'jane\r\nBcc: joe@example.com', 'jane@example.com\nx', '\ud800@example.com', '/o=ExchangeLabs/ou=x/cn=jane',
  `jane@${'a'.repeat(64)}.example`, `${'a'.repeat(400)}@example.com`, `jane@${'a.'.repeat(5_000)}com`,
  `${'('.repeat(10_000)}@example.com`, `"${'\\'.repeat(9_999)}`, '℀@℀', "'jane@example.com'",
] // prettier-ignore

describe('an address', () => {
  it.each(MAILBOXES)('%s has one spelling', (normalised, ...spellings) => {
    for (const each of [normalised, ...spellings]) expect(normaliseAddress(each)).toBe(normalised)
  })

  it('is never taken for another one', () => {
    const spelled = MAILBOXES.map(([normalised]) => normalised)
    expect(new Set(spelled).size).toBe(spelled.length)
  })

  it.each(NO_ADDRESSES.map((text) => [text.slice(0, 60), text]))('is not in %j', (_name, text) => {
    expect(normaliseAddress(text)).toBeNull()
    expect(foldedAddress(text)).toBeNull()
    expect(domainOf(text)).toBeNull()
    expect(addressForms(text)).toBeNull()
  })

  it.each([
    ['jane+news@example.com', 'jane@example.com'],
    ['jane+a+b@example.com', 'jane@example.com'],
    ['jane@example.com', 'jane@example.com'],
    ['+jane@example.com', '+jane@example.com'],
    ['"a+b c"@example.com', '"a+b c"@example.com'],
    ['jane-news@example.com', 'jane-news@example.com'],
  ])('%s is read by %s', (address, folded) => {
    expect(foldedAddress(address)).toBe(folded)
  })

  it('is the same name at another domain of its company', () => {
    expect(atDomain('Jane@example.com', 'example.net')).toBe('jane@example.net')
    expect(atDomain('nobody', 'example.net')).toBeNull()
  })

  it.each([
    ['Example.COM', 'example.com'],
    ['@example.com', 'example.com'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['exa mple.com', null],
    ['https://example.com', null],
  ])('has a domain that is written %s', (text, domain) => {
    expect(normaliseDomain(text)).toBe(domain)
  })
})

const soup = fc.string({ unit: 'binary', maxLength: 60 })
const spiced = fc
  .array(
    fc.oneof(
      soup,
      fc.constantFrom('@', '"', '(', ')', '\\', '.', '+', ' ', '[', ']', 'İ', 'ß', 'K', 'ſ'),
    ),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''))

describe('any text at all', () => {
  it('is read without a crash, and its normal form is its own', () => {
    fc.assert(
      fc.property(fc.oneof(soup, spiced, fc.emailAddress()), (text) => {
        const forms = addressForms(text)
        if (!forms) return
        expect(addressForms(forms.exact)).toEqual(forms)
        expect(normaliseAddress(forms.folded)).toBe(forms.folded)
        expect(domainOf(forms.folded)).toBe(forms.domain)
        expect(forms.exact.endsWith(`@${forms.domain}`)).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  it('that is an address is found however its letters are written', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const normalised = normaliseAddress(address)
        expect(normalised).not.toBeNull()
        expect(normaliseAddress(` ${address.toUpperCase()} `)).toBe(normalised)
      }),
      { numRuns: 1_000 },
    )
  })
})
