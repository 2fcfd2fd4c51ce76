import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { htmlOfText, previewOf, readableText, textOf } from '../../../webhook/html/text.ts'
import { workOf } from '../../support/work-of.ts'
import { naughtyStrings } from './naughty.ts'
import { payloads } from './payloads.ts'

describe('the words of a body', () => {
  it.each([
    ['<p>Good morning.</p>', 'Good morning.'],
    ['<style>p { color: red }</style><p>Good</p>\r\n<p>morning.</p>', 'Good morning.'],
    ['<script>alert("x")</script >Good&nbsp;morning.', 'Good morning.'],
    ['<HEAD><title>x</title></HEAD>Good <b>morning</b>.', 'Good morning .'],
    ['  ', ''],
    ['', ''],
  ])('of %j are %j', (html, words) => {
    expect(textOf(html)).toBe(words)
  })

  it('are found in a body of a megabyte of opened tags in no time', async () => {
    const [, workMs] = await workOf(() => [
      textOf('<style '.repeat(150_000)),
      textOf('<'.repeat(1_000_000)),
    ])
    expect(workMs).toBeLessThan(2_000)
  })
})

describe('the beginning of a mail', () => {
  it.each([
    [
      '<p>Fish &amp; chips &lt;3 &quot;now&quot; &apos;n&#39; &#x1F41F;</p>',
      'Fish & chips <3 "now" \'n\' 🐟',
    ],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['&#1114112; &#x; &unknown; &;', '\ufffd &#x; &unknown; &;'],
    [`<p>${'long '.repeat(100)}</p>`, 'long '.repeat(51)],
  ])('of %j reads %j', (html, preview) => {
    expect(previewOf(html)).toBe(preview)
  })

  it('can be had of anything (F7)', () => {
    for (const html of [...payloads(), ...naughtyStrings()])
      expect(previewOf(html).length).toBeLessThanOrEqual(255)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (html) => typeof readableText(html) === 'string'),
    )
  })
})

describe('plain text', () => {
  it('is shown as it is, line for line', () => {
    expect(htmlOfText('a < b\r\n& "c"\n\n<script>')).toBe(
      'a &lt; b<br />&amp; &quot;c&quot;<br /><br />&lt;script&gt;',
    )
  })
})
