import { describe, expect, it } from '@jest/globals'
import { readReference } from '../../../console/explain/read-reference.ts'
import { readSender } from '../../../console/explain/read-sender.ts'

const ITEM = 'AAMkAGI2TG93AAAsaltAGI2TG93AAA='
const MESSAGE_ID = '<CAJ1=x+y@mail.customer.test>'

describe('a mail that somebody points at', () => {
  it.each([
    ['its Message-ID', MESSAGE_ID],
    ['without brackets', 'CAJ1=x+y@mail.customer.test'],
    ['the whole header line', `Message-ID:  ${MESSAGE_ID}\n`],
  ])('is asked for by its Message-ID, given as %s', (_how, pasted) => {
    expect(readReference(pasted)).toEqual({ question: { internetMessageId: MESSAGE_ID } })
  })

  it.each([
    ['the address of the opened mail', `https://outlook.office.com/mail/inbox/id/${ITEM}`],
    [
      'an older link',
      `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(ITEM)}&exvsurl=1`,
    ],
    ['the id alone', ` ${ITEM} `],
  ])('is asked for by its id, given as %s', (_how, pasted) => {
    expect(readReference(pasted)).toEqual({ question: { messageId: ITEM } })
  })

  it('is asked for by the id that Graph has, where a link writes it in another alphabet', () => {
    const link = 'https://outlook.office.com/owa/?itemid=AAMkAGI2TG93%2FAAAsalt+AGI2TG93AAA%3D'
    expect(readReference(link)).toEqual({
      question: { messageId: 'AAMkAGI2TG93-AAAsalt_AGI2TG93AAA=' },
    })
  })

  it.each([
    ['', /Paste the Message-ID/],
    ['the offer of Carol', /neither a Message-ID/],
    ['https://example.test/', /does not say which mail/],
    ['https://[', /does not say which mail/],
    [
      `https://outlook.office.com/mail/id/AAQkAGI2TG93AAAsaltAGI2TG93AAA%3D`,
      /a whole conversation/,
    ],
    [`https://outlook.office.com/mail/id/%E0%A4%A`, /does not say which mail/],
  ])('is not guessed at: %j', (pasted, problem) => {
    expect(readReference(pasted)).toEqual({ problem: expect.stringMatching(problem) })
  })
})

describe('a mail of which one knows the sender and the time', () => {
  const fields = { from: ' carol@customer.test ', around: '2026-11-20T09:30', within: '10' }

  it('is asked for at that time of the reader’s own clock', () => {
    const around = new Date(2026, 10, 20, 9, 30).toISOString()
    const question = { from: 'carol@customer.test', around, withinMinutes: 10 }
    expect(readSender(fields)).toEqual({ question })
  })

  it('needs a whole address, and a time', () => {
    expect(readSender({ ...fields, from: 'carol' })).toEqual({
      problem: expect.stringMatching(/whole address/),
    })
    expect(readSender({ ...fields, around: '' })).toEqual({
      problem: expect.stringMatching(/about when/),
    })
  })
})
