import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createSseParser } from '../../console/live/sse-parser.ts'

const all = (...chunks: string[]) => chunks.flatMap(createSseParser())

describe('the event stream', () => {
  it.each<[string, string, unknown[]]>([
    [
      'an event',
      'event: email-stored\ndata: {"a":1}\n\n',
      [{ type: 'email-stored', data: '{"a":1}' }],
    ],
    ['an event without a type', 'data: x\n\n', [{ type: 'message', data: 'x' }]],
    ['data in two lines', 'data: x\ndata: y\n\n', [{ type: 'message', data: 'x\ny' }]],
    ['no space after the colon', 'data:x\n\n', [{ type: 'message', data: 'x' }]],
    ['a colon in the data', 'data: a: b\n\n', [{ type: 'message', data: 'a: b' }]],
    ['a heartbeat', ': still here\n\n', []],
    ['an event without data', 'event: email-stored\n\n', []],
    ['a field nobody needs', 'id: 7\nretry: 10\ndata: x\n\n', [{ type: 'message', data: 'x' }]],
    ['an event that is not whole yet', 'data: x\n', []],
    [
      'a type that ends with its event',
      'event: t\ndata: x\n\ndata: y\n\n',
      [
        { type: 't', data: 'x' },
        { type: 'message', data: 'y' },
      ],
    ],
  ])('reads %s', (_what, text, events) => {
    expect(all(text)).toEqual(events)
  })

  it('reads the same however the network cuts it, with either line end', () => {
    const text =
      ': here\n\nevent: email-stored\ndata: {"subject":"Öl\u00a0和"}\n\ndata: x\ndata: y\n\n'
    const whole = all(text)
    expect(whole).toHaveLength(2)
    const lineEnd = fc.constantFrom('\n', '\r\n')
    const cuts = fc.array(fc.nat(text.length * 2), { maxLength: 8 })
    fc.assert(
      fc.property(lineEnd, cuts, (end, places) => {
        const sent = text.replaceAll('\n', end)
        const edges = [
          0,
          ...places.map((place) => place % sent.length).sort((a, b) => a - b),
          sent.length,
        ]
        const pieces = edges.slice(1).map((edge, index) => sent.slice(edges[index], edge))
        expect(all(...pieces)).toEqual(whole)
      }),
    )
  })
})
