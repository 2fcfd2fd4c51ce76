import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { aMime } from '../../../sandbox/seed/mime-builder.ts'
import { header, read } from './reading.ts'

const text = (mime: Uint8Array) => Buffer.from(mime).toString('latin1')

describe('aMime', () => {
  it('writes a whole mail from nothing', async () => {
    const email = await read(aMime())
    expect(email.from?.address).toBe('nora@northwind.test')
    expect(email.to?.map(({ address }) => address)).toEqual(['alice@contoso.test'])
    expect(email.messageId).toMatch(/^<\w{32}@mail\.northwind\.test>$/)
    expect(email.date).toBe('2026-11-20T09:00:00.000Z')
  })

  it('gives the same mail the same id, and another mail another one', async () => {
    const id = async (subject: string) => (await read(aMime({ subject }))).messageId
    expect(await id('Beans')).toBe(await id('Beans'))
    expect(await id('Beans')).not.toBe(await id('Milk'))
  })

  it('says what it is told: people, thread, date in local time, headers of one’s own', async () => {
    const mime = aMime({
      from: 'Tom <tom@northwind.test>',
      to: ['alice@contoso.test', { name: 'Baker, "Bob"', address: 'bob@contoso.test' }],
      cc: 'sales@contoso.test',
      replyTo: 'desk@northwind.test',
      subject: 'Pipes',
      date: new Date('2026-11-20T23:30:00Z'),
      utcOffset: '+0100',
      messageId: '<2@northwind.test>',
      inReplyTo: '<1@northwind.test>',
      references: ['<0@northwind.test>', '<1@northwind.test>'],
      headers: { 'X-Warehouse': '2' },
    })
    const email = await read(mime)
    expect(email.from).toMatchObject({ name: 'Tom', address: 'tom@northwind.test' })
    expect(email.to).toMatchObject([
      { address: 'alice@contoso.test' },
      { name: 'Baker, "Bob"', address: 'bob@contoso.test' },
    ])
    expect(email.cc?.[0]?.address).toBe('sales@contoso.test')
    expect(email.replyTo?.[0]?.address).toBe('desk@northwind.test')
    expect(text(mime)).toContain('Date: Sat, 21 Nov 2026 00:30:00 +0100\r\n')
    expect(email.date).toBe('2026-11-20T23:30:00.000Z')
    expect(email.inReplyTo).toBe('<1@northwind.test>')
    expect(email.references).toBe('<0@northwind.test> <1@northwind.test>')
    expect(header(email, 'x-warehouse')).toBe('2')
  })

  it('leaves out the date when told so', async () => {
    expect((await read(aMime({ date: null }))).date).toBeUndefined()
  })

  it.each([
    ['text alone', { text: 'a' }, ['text/plain']],
    ['HTML alone', { html: '<p>a</p>' }, ['text/html']],
    ['both', { text: 'a', html: 'b' }, ['multipart/alternative', 'text/plain', 'text/html']],
    [
      'an inline picture and a file',
      {
        html: '<img src="cid:p">',
        attachments: [
          { name: 'p.png', type: 'image/png', content: 'p', contentId: 'p' },
          { name: 'f.txt', type: 'text/plain', content: 'f' },
        ],
      },
      ['multipart/mixed', 'multipart/related', 'text/html', 'image/png', 'text/plain'],
    ],
  ])('nests no deeper than %s needs', (_what, mail, types) => {
    expect(
      [...text(aMime(mail)).matchAll(/^Content-Type: ([\w/]+)/gm)].map(([, type]) => type),
    ).toEqual(types)
  })

  it('keeps files whole, whatever their name and bytes', async () => {
    const file = fc.record({
      name: fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
        .filter((name) => /^[^\p{C}\p{Z}"\\]+$/u.test(name)),
      content: fc.uint8Array({ maxLength: 400 }),
    })
    await fc.assert(
      fc.asyncProperty(file, async ({ name, content }) => {
        const type = 'application/octet-stream'
        const [found] = (await read(aMime({ attachments: [{ name, type, content }] }))).attachments
        expect(found?.filename).toBe(name)
        expect(Buffer.from(found!.content as ArrayBuffer).equals(content)).toBe(true)
      }),
      { seed: 4, numRuns: 200 },
    )
  })

  it('brings any text and subject through', async () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 200 })
      .map((words) => words.replace(/[\p{C}\p{Z}]+/gu, ' ').trim())
    await fc.assert(
      fc.asyncProperty(line, fc.array(line, { maxLength: 5 }), async (subject, lines) => {
        const email = await read(
          aMime({ subject, text: lines.join('\n'), html: lines.join('<br>\n') }),
        )
        expect(email.subject ?? '').toBe(subject)
        expect(email.text?.trimEnd()).toBe(lines.join('\n').trimEnd())
        expect(email.html?.trimEnd()).toBe(lines.join('<br>\n').trimEnd())
      }),
      { seed: 4, numRuns: 200 },
    )
  })

  it('keeps its lines short and in seven bits', () => {
    const long = 'café = 100 % '.repeat(40)
    const mime = text(
      aMime({
        subject: long,
        text: long,
        html: long,
        to: Array(30).fill('Zoë <z@x.test>') as string[],
      }),
    )
    expect(mime).not.toMatch(/[\x80-\xff]/)
    expect(Math.max(...mime.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78)
  })

  it('cannot be made to write a header from a subject or a name', async () => {
    const evil = 'Beans\r\nBcc: everybody@northwind.test'
    const email = await read(aMime({ subject: evil, from: { name: evil, address: 'a@x.test' } }))
    expect(email.bcc).toBeUndefined()
  })

  it('makes a lazy file when the mail is written, not before', () => {
    let made = 0
    const content = { sizeBytes: 1, make: () => (made++, new Uint8Array(1)) }
    const mail = { attachments: [{ name: 'a', type: 'video/mp4', content }] }
    expect(made).toBe(0)
    aMime(mail)
    expect(made).toBe(1)
  })
})
