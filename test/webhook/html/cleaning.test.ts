/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Pictures } from '../../../webhook/html/addresses.ts'
import { clean } from '../../../webhook/html/clean.ts'
import { naughtyStrings } from './naughty.ts'
import { faultsIn } from './oracle.ts'
import { payloads } from './payloads.ts'
import { REMOTE_LOADS, TRACKER } from './remote-loads.ts'
import { wholeMails } from './whole-mails.ts'

const BLOCK: Pictures = {
  remote: 'block',
  inlineAt: '/own/',
  ownHost: 'crm.test',
}
const SHOW: Pictures = { ...BLOCK, remote: 'show' }

const page = document.implementation.createHTMLDocument('')
/** The tree that an HTML parser with nothing in common with ours makes of it. */
function treeOf(html: string): HTMLElement {
  page.body.innerHTML = html
  return page.body
}

/** What is wrong with the cleaned HTML: something in it acts, or cleaning it again changes it. */
function faultsOf(html: string, pictures: Pictures): string[] {
  const cleaned = clean(html, pictures).html
  const faults = faultsIn(treeOf(cleaned), pictures.remote === 'show')
  if (clean(cleaned, pictures).html !== cleaned) faults.push('is not the same when cleaned again')
  return faults.map(
    (fault) => `${fault}\n  of ${html.slice(0, 500)}\n  is ${cleaned.slice(0, 500)}`,
  )
}

/** The faults of all of them, both before and after the reader asks for pictures. */
const faultsOfAll = (all: readonly string[]): string[] =>
  all.flatMap((html) => [...faultsOf(html, BLOCK), ...faultsOf(html, SHOW)])

describe('hostile HTML', () => {
  it('keeps nothing that acts, in any of the payloads (F1)', () => {
    const all = payloads()
    expect(all.length).toBeGreaterThanOrEqual(2_300)
    expect(all.flatMap((html) => faultsOf(html, SHOW))).toEqual([]) // of the two, it lets more through
  })

  it('keeps nothing that acts in whole mails, and their words stay (F1)', () => {
    const all = wholeMails()
    expect(all.length).toBeGreaterThanOrEqual(50)
    expect(faultsOfAll(all)).toEqual([])
    const words = all.map((mail) => treeOf(clean(mail, BLOCK).html).textContent ?? '')
    expect(words.filter((text) => !/\w/.test(text))).toEqual([])
    expect(words.filter((text) => /MsoNormal|@media|charset/.test(text))).toEqual([])
  })

  it('is seen as hostile by the oracle before it is cleaned', () => {
    const some = payloads().filter((_, at) => at % 5 === 0)
    const seen = some.filter((html) => faultsIn(treeOf(html), false).length > 0)
    expect(seen.length / some.length).toBeGreaterThan(0.75)
  })

  it('keeps nothing that acts, whatever is put together (fuzz)', () => {
    const part = fc.oneof(
      fc.constantFrom(
        ...['<', '>', '</', '/>', '="', "='", '"', "'", '=', ' ', '\n', '<!--', '-->', '--!>', '&'],
        ...['p', 'a', 'b', 'table', 'td', 'tr', 'svg', 'math', 'style', 'script', 'title', 'img'],
        ...['textarea', 'noscript', 'select', 'li', 'form', 'pre', 'template', 'xmp', 'x-y'],
        ...['href', 'src', 'onerror', 'style', 'javascript:', 'https://x.test/', '//', 'url(', ';'],
        ...['<p>', '</p>', '<a href="', '<td>', '<![CDATA[', ']]>', '<?', '<!', '&lt;', '&#60;'],
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    )
    const html = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(html, (made) => {
        expect(faultsOf(made, SHOW)).toEqual([])
      }),
      { numRuns: 800 },
    )
  })

  it('keeps nothing of styles but what their names say, whatever they hold (fuzz)', () => {
    const part = fc.constantFrom(
      ...[
        'color',
        'background',
        'font-family',
        ':',
        ';',
        ' ',
        'url(',
        ')',
        '"',
        "'",
        '\\',
        '/*',
        '*/',
      ],
      ...[
        'red',
        '#fff',
        '12px',
        '-9',
        'expression(',
        'rgb(1,2,3)',
        '!important',
        ',',
        '/',
        '{',
        '}',
      ],
      ...['position', 'fixed', '\\75', 'calc(', '@import', '\n', 'é', '<', '>', '&quot;'],
    )
    const style = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(style, (made) => {
        expect(faultsOf(`<p style='${made}'>x</p><p style="${made}">y`, SHOW)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe('pictures from elsewhere', () => {
  it('are not loaded by any of many ways before the reader asks (F2)', () => {
    expect(Object.keys(REMOTE_LOADS).length).toBeGreaterThanOrEqual(30)
    const loading = Object.entries(REMOTE_LOADS).filter(([, html]) =>
      clean(html, BLOCK).html.includes('tracker.test'),
    )
    expect(loading).toEqual([])
    expect(faultsOfAll(Object.values(REMOTE_LOADS))).toEqual([])
  })

  it('are given back when the reader asks, by https, and only as pictures', () => {
    const shown = Object.values(REMOTE_LOADS).map((html) => clean(html, SHOW).html)
    const addresses = shown.flatMap((html) => [...treeOf(html).querySelectorAll('img[src]')])
    const sources = addresses.map((img) => img.getAttribute('src') ?? '')
    expect(sources).toEqual(expect.arrayContaining([`${TRACKER}/img.gif`, `${TRACKER}/http.gif`]))
    expect(sources.filter((src) => !src.startsWith('https://tracker.test/'))).toEqual([])
  })

  it.each([
    ['<img src=https://a.test/1><img src=http://a.test/2><img src=//a.test/3>', 3],
    ['<img src=cid:image001.png@01DA><img src=data:image/gif;base64,R0lG><img>', 0],
    ['<script><img src=https://a.test/1></script><p background=https://a.test/2>', 0],
  ])('are counted: %s', (html, count) => {
    expect(clean(html, BLOCK).blockedRemote).toBe(count)
    expect(clean(html, SHOW).blockedRemote).toBe(0)
  })

  it('are never a request to ourselves', () => {
    const html = '<img src="https://crm.test/api/v1/session"><img src="http://CRM.test:443/x">'
    expect(clean(html, SHOW).html).not.toContain('crm.test/')
  })
})

describe('pictures of the mail itself', () => {
  it.each([
    ['cid:image001.png@01DA', '/own/image001.png%4001DA'],
    ['CID:image001.png%4001DA', '/own/image001.png%4001DA'],
    ['cid:näme', '/own/n%C3%A4me'],
    ['cid:a/b?c', '/own/a%2Fb'],
    ['cid:100%', '/own/100%25'],
    ['/own/100%25', '/own/100%25'],
    ['data:image/png;base64,iVBORw0KGgo=', 'data:image/png;base64,iVBORw0KGgo='],
  ])('are shown: %s', (src, shown) => {
    const img = treeOf(clean(`<img src="${src}" alt="Chart">`, BLOCK).html).querySelector('img')
    expect(img?.getAttribute('src')).toBe(shown)
  })

  it.each([
    ...[
      'cid:',
      'cid:..',
      'cid:.',
      'cid:%2e%2e',
      'mid:x',
      '/own/',
      '/own/..',
      '/own/../x',
      '/own/a/b',
    ],
    ...['/own/a?b', '/other/a', 'own/1', '%', 'data:image/svg+xml;base64,AAAA', 'data:,x'],
  ])('are not looked for in other places: %s', (src) => {
    expect(clean(`<img src="${src}" alt="Chart">`, SHOW).html).toBe('<img alt="Chart" />')
  })
})

describe('an ordinary mail', () => {
  const kept = (html: string) => clean(html, BLOCK).html

  it.each([
    ['<p align="center">Hi <b>you</b> &amp; <i>me</i></p>', null],
    [
      '<table width="100%" cellpadding="4"><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
      null,
    ],
    ['<h1 style="color:#333;font-family:\'Segoe UI\',Arial">Sale</h1>', null],
    [
      '<P STYLE="MARGIN: 0CM 12pt; COLOR : Red !important">x</P>',
      '<p style="margin:0CM 12pt;color:Red">x</p>',
    ],
    [
      '<td style="border-left:1px solid rgb(204, 204, 204);position:absolute">x</td>',
      '<td style="border-left:1px solid rgb(204, 204, 204)">x</td>',
    ],
    ['<p class="x" id="y" name="z" data-x="1" hidden>x</p>', '<p>x</p>'],
    ['a<br>b<hr>c', 'a<br />b<hr />c'],
    ['<custom>words <o:p>stay</o:p></custom>', 'words stay'],
    [
      '<font color=red face="Arial, x" size=2>x</font>',
      '<font color="red" face="Arial, x" size="2">x</font>',
    ],
    ['<!-- a comment --><![if mso]>x<![endif]>', 'x'],
    ['', ''],
    ['  plain < text & more', '  plain &lt; text &amp; more'],
  ])('keeps what it looks like: %s', (html, expected) => {
    expect(kept(html)).toBe(expected ?? html)
  })

  it.each([
    ['https://good.test/a?b=c&amp;d=e#f', 'https://good.test/a?b=c&amp;d=e#f'],
    ['HTTP://Good.test', 'http://good.test/'],
    ['//good.test/x', 'https://good.test/x'],
    [' https://good.test/ ', 'https://good.test/'],
    [
      'mailto:carol@customer.test?subject=Hi%20there',
      'mailto:carol@customer.test?subject=Hi%20there',
    ],
    ['tel:+49-123', 'tel:+49-123'],
  ])('keeps where its links lead, in a window of their own: %s', (href, kept) => {
    expect(clean(`<a href="${href}">x</a>`, BLOCK).html).toBe(
      `<a href="${kept}" target="_blank" rel="noopener noreferrer nofollow">x</a>`,
    )
  })

  it.each([
    '#top',
    '/admin',
    'admin',
    'x.html',
    'sms:1',
    'ftp://x',
    'about:blank',
    'https://',
    '?x',
  ])('leads nowhere by %s', (href) => {
    expect(kept(`<a href="${href}">x</a>`)).toBe('<a>x</a>')
  })
})

describe('naughty strings', () => {
  it('upset nothing as text, as an attribute, as a style or as an address (F7)', () => {
    const all = naughtyStrings()
    expect(all.length).toBeGreaterThanOrEqual(500)
    const made = all.map(
      (text) =>
        `${text}<p title="${text}" style="color:${text}">${text}</p><a href="${text}">${text}</a><img src='${text}' alt='${text}' width='${text}'>`,
    )
    expect(made.flatMap((html) => faultsOf(html, SHOW))).toEqual([])
  })
})
