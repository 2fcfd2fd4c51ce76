import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { MachineHeaders } from '../../../../webhook/provider/provider.ts'
import { machineMarkOf } from '../../../../webhook/sync/decide/parties/machine-mail.ts'

const headers = (over: Partial<MachineHeaders> = {}): MachineHeaders => ({
  ...{ hasListId: false, autoSubmitted: null, precedence: null, hasNullReturnPath: false },
  ...over,
})

describe('the mark of a machine', () => {
  it.each<[string, Partial<MachineHeaders>, string | null, string | null]>([
    ['is not on a letter', {}, 'carol@customer.example', null],
    ['is that it names a list', { hasListId: true }, null, 'list'],
    [
      'is that it was submitted by itself',
      { autoSubmitted: 'auto-generated' },
      null,
      'auto-submitted',
    ],
    [
      'is an automatic answer',
      { autoSubmitted: 'Auto-Replied; owner="x"' },
      null,
      'auto-submitted',
    ],
    ['is not a word that says no', { autoSubmitted: ' No (by hand)' }, null, null],
    ['is not an empty word', { autoSubmitted: '' }, null, null],
    ['is bulk', { precedence: 'Bulk' }, null, 'bulk'],
    ['is an automatic answer of old', { precedence: 'auto_reply' }, null, 'bulk'],
    ['is not another precedence', { precedence: 'first-class' }, null, null],
    ['is that nobody wants an answer', { hasNullReturnPath: true }, null, 'bounce'],
    ['is a sender who reads nothing', {}, 'No-Reply@shop.example', 'no-reply'],
    ['is the same with a tag', {}, 'noreply+123@shop.example', 'no-reply'],
    ['is the same in other words', {}, 'do_not_reply-billing@shop.example', 'no-reply'],
    ['is not a name that begins alike', {}, 'noreplyman@shop.example', null],
    ['is not a Norwegian', {}, 'nore.plym@shop.example', null],
  ])('%s', (_what, over, from, expected) => {
    expect(machineMarkOf(headers(over), from)).toBe(expected)
  })

  it('is found or not in any header, however odd', () => {
    const any = fc.record({
      ...{ hasListId: fc.boolean(), hasNullReturnPath: fc.boolean() },
      autoSubmitted: fc.option(fc.string({ unit: 'binary' })),
      precedence: fc.option(fc.string({ unit: 'binary' })),
    })
    fc.assert(
      fc.property(any, fc.option(fc.string({ unit: 'binary' })), (given, from) => {
        const mark = machineMarkOf(given, from)
        expect(machineMarkOf(given, from)).toBe(mark)
        if (given.hasListId) expect(mark).toBe('list')
      }),
    )
  })
})
