import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { safeReturnTo } from '../../../../webhook/sign-in/decide/return-to.ts'

const ORIGIN = 'https://crm.example.com'

/** Open-redirect payloads as they are passed around, each wanting to leave the site. */
const leaving = [
  '//evil.example',
  '///evil.example',
  '////evil.example/%2f..',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/ /evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/././/evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  '/.%2e//evil.example',
  'https://evil.example',
  'HTTPS://evil.example',
  'http:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'evil.example',
  '@evil.example',
  '.evil.example',
  '?next=//evil.example',
  '#//evil.example',
  '',
  '/\u0000/evil.example',
  '/\u2028/evil.example',
  '/\uff0fevil.example',
  '/\u3002evil.example',
  '/x\r\nSet-Cookie: a=b',
  `/${'a'.repeat(2_000)}`,
]

describe('where a sign-in goes back to', () => {
  it.each(['/', '/mailboxes', '/?connected=m1', '/a/b?c=d&e=%2F%2Ff#g', '/auth/connect'])(
    'keeps %s',
    (path) => {
      expect(safeReturnTo(path)).toBe(path)
    },
  )

  it.each(leaving)('does not leave the site for %j', (wanted) => {
    expect(safeReturnTo(wanted)).toBe('/')
  })

  it.each([undefined, null, 7, ['/a', '/b'], { toString: () => '/a' }])(
    'takes %j for the front page',
    (wanted) => {
      expect(safeReturnTo(wanted)).toBe('/')
    },
  )

  it('stays on the site whatever it is given', () => {
    const piece = fc.constantFrom('/', '\\', '.', '%2f', '%5c', 'a', '@', ':', '?', '#', '\t', 'é')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const target = safeReturnTo(pieces.join(''))
        expect(new URL(target, ORIGIN).origin).toBe(ORIGIN)
        // Some servers and proxies resolve a path before they pass it on.
        const { pathname, search } = new URL(target, ORIGIN)
        expect(new URL(pathname + search, ORIGIN).origin).toBe(ORIGIN)
      }),
      { numRuns: 2_000 },
    )
  })
})
