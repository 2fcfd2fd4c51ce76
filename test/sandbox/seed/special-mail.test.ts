import { beforeAll, describe, expect, it } from '@jest/globals'
import { header, read, readSeeds, type ReadMail } from './reading.ts'

describe('among the seeded mail there is', () => {
  let seeds: ReadMail[]
  const where = (test: (seed: ReadMail) => boolean) => seeds.filter(test)
  const subject = (start: string) =>
    where(({ email }) => (email.subject ?? '').startsWith(start))[0]!
  beforeAll(async () => {
    seeds = await readSeeds()
  })

  it('HTML whose inline pictures are real PNGs that it names by cid', () => {
    const pictured = where(({ email }) => Boolean(email.html?.includes('cid:')))
    expect(pictured.length).toBeGreaterThan(5)
    for (const { email } of pictured)
      for (const [, cid] of email.html!.matchAll(/cid:([^"]+)/g)) {
        const picture = email.attachments.find(({ contentId }) => contentId === `<${cid}>`)!
        expect(
          Buffer.from(picture.content as ArrayBuffer)
            .subarray(1, 4)
            .toString(),
        ).toBe('PNG')
        expect(picture.disposition).toBe('inline')
      }
  })

  it.each([
    ['application/pdf', '%PDF-1.4'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK\x03\x04'],
  ])('an attachment of type %s that begins as such a file does', (type, start) => {
    const files = seeds.flatMap(({ email }) => email.attachments.filter((a) => a.mimeType === type))
    expect(files.length).toBeGreaterThan(3)
    for (const { content } of files)
      expect(
        Buffer.from(content as ArrayBuffer)
          .subarray(0, start.length)
          .toString('latin1'),
      ).toBe(start)
  })

  it.each([
    ['iso-2022-jp', 'コーヒー豆のサンプルについて', '特に部長が三杯飲みました'],
    ['gb18030', '关于咖啡机代理合作的咨询', '期待您的回复'],
    ['euc-kr', '커피 머신 배송 일정 문의', '한빛물류 김지우입니다'],
    ['windows-1256', 'استفسار عن آلة قهوة للمكتب', 'وكلهم يشربون القهوة'],
    ['utf-8', 'הזמנה: 500 כוסות לקפה', 'עם המכסים הכחולים'],
  ])('a mail in %s whose subject and text read as written', (charset, wanted, within) => {
    const { email, source } = subject(wanted)
    expect(source).toContain(`charset=${charset}`)
    expect(source).toContain(`=?${charset}?B?`)
    expect(email.subject).toBe(wanted)
    expect(email.text).toContain(within)
  })

  it('right-to-left mail that says so to the browser, and an English answer that does not', () => {
    expect(subject('استفسار').email.html).toContain('dir="rtl"')
    expect(subject('RE: استفسار').email.html).not.toContain('dir="rtl"')
  })

  it('newsletters with List-Id, a way out and Precedence: bulk', () => {
    const letters = where(({ email }) => header(email, 'precedence') === 'bulk')
    expect(letters.length).toBeGreaterThanOrEqual(4)
    for (const { email } of letters) {
      expect(header(email, 'list-id')).toMatch(/<.+\.test>$/)
      expect(header(email, 'list-unsubscribe')).toContain('mailto:')
    }
  })

  it('an out-of-office that answers a mail of Alice', () => {
    const { email } = subject('Automatic reply')
    expect(header(email, 'auto-submitted')).toBe('auto-replied')
    const cause = where((seed) => seed.email.messageId === email.inReplyTo)[0]!
    expect(cause.email.from?.address).toBe('alice@contoso.test')
  })

  it('a delivery report about a mistyped address', () => {
    const { source, email } = subject('Undeliverable')
    expect(source).toContain('multipart/report; report-type=delivery-status')
    expect(email.attachments.map(({ mimeType }) => mimeType)).toEqual(['message/delivery-status'])
  })

  it.each(['REQUEST', 'REPLY', 'CANCEL'])('meeting mail with method=%s', (method) => {
    const found = where(({ source }) => source.includes(`text/calendar; method=${method}`))
    expect(found.length).toBeGreaterThan(0)
    const calendar = found[0]!.email.attachments.find(
      ({ mimeType }) => mimeType === 'text/calendar',
    )!
    expect(Buffer.from(calendar.content as ArrayBuffer).toString()).toContain(`METHOD:${method}\n`)
  })

  it('an updated meeting that has the uid of the first and a higher sequence', () => {
    const events = where(({ email }) => Boolean(email.subject?.endsWith('Warehouse 2 and 3')))
      .flatMap(({ email }) => email.attachments)
      .map(({ content }) => Buffer.from(content as ArrayBuffer).toString())
    expect(new Set(events.map((event) => /UID:(.*)/.exec(event)?.[1])).size).toBe(1)
    expect(new Set(events.map((event) => /SEQUENCE:(.*)/.exec(event)?.[1]))).toEqual(
      new Set(['0', '1']),
    )
    expect(new Set(events.map((event) => /DTSTART:(.*)/.exec(event)?.[1])).size).toBe(1)
  })

  it('an .ics that came as a file', () => {
    const { email } = subject('Your stand')
    expect(email.attachments.map(({ filename, disposition }) => [filename, disposition])).toEqual([
      ['stand-4-17.ics', 'attachment'],
    ])
  })

  it('a mail inside a mail, with its own attachment', async () => {
    const [nested] = subject('FW: Who moved').email.attachments
    expect(nested?.mimeType).toBe('message/rfc822')
    const inner = await read(new Uint8Array(nested!.content as ArrayBuffer))
    expect(inner.subject).toBe('Who moved the table football — a petition')
    expect(inner.attachments.map(({ filename }) => filename)).toEqual(['signatures.csv'])
  })

  it('a clear-signed mail that can be read without the signature', () => {
    const { source, email } = subject('Service contract, clause 7')
    expect(source).toMatch(
      /multipart\/signed; protocol="application\/pkcs7-signature";\s+micalg=sha-256/,
    )
    expect(email.text).toContain('We build robots')
    const signature = email.attachments.find(({ filename }) => filename === 'smime.p7s')!
    expectDer(signature.content as ArrayBuffer, '1.2.840.113549.1.7.2')
  })

  it('an encrypted mail of which only the envelope can be read', () => {
    const { source, email } = subject('New bank details')
    expect(source).toContain('application/pkcs7-mime; smime-type=enveloped-data')
    expect(email.text ?? '').toBe('')
    expect(source).not.toContain('ring me')
    expectDer(email.attachments[0]!.content as ArrayBuffer, '1.2.840.113549.1.7.3')
  })

  it('mail to an alias and to a plus-address, in the mailbox behind them', () => {
    const to = (address: string) =>
      where(({ email }) => Boolean(email.to?.some((one) => one.address === address)))
    expect(to('alice+fairs@contoso.test').map(({ copy }) => copy.mailbox)).toContain(
      'alice@contoso.test',
    )
    expect(to('a.archer@contoso.test').map(({ copy }) => copy.mailbox)).toContain(
      'alice@contoso.test',
    )
    expect(to('hello@contoso.test').map(({ copy }) => copy.mailbox)).toContain('sales@contoso.test')
  })

  it('an internal conversation, private mail and mail marked No-CRM', () => {
    const plant = where(({ email }) => Boolean(email.subject?.endsWith('The plant in the kitchen')))
    expect(plant).toHaveLength(8)
    expect(where(({ email }) => header(email, 'sensitivity') === 'private')).toHaveLength(3)
    expect(where(({ copy }) => copy.categories.includes('No-CRM'))).toHaveLength(2)
  })

  it('drafts, archived, nested, unread and flagged mail', () => {
    const drafts = where(({ copy }) => copy.isDraft)
    expect(drafts.map(({ copy }) => copy.folder)).toEqual(drafts.map(() => ['drafts']))
    expect(drafts).toHaveLength(4)
    expect(where(({ copy }) => copy.folder[0] === 'archive').length).toBeGreaterThan(3)
    const nested = where(({ copy }) => copy.folder.join('/') === 'inbox/Projects/Northwind')
    expect(nested.length).toBeGreaterThan(8)
    expect(where(({ copy }) => !copy.isRead).length).toBeGreaterThan(8)
    expect(where(({ copy }) => copy.isFlagged).length).toBeGreaterThan(5)
  })
})

/** A DER sequence that spans the file exactly and begins with the object id. */
function expectDer(content: ArrayBuffer, objectId: string) {
  const bytes = Buffer.from(content)
  const lengthBytes = bytes[1]! & 0x7f
  expect([bytes[0], bytes[1]! & 0x80]).toEqual([0x30, 0x80])
  expect(bytes.readUIntBE(2, lengthBytes)).toBe(bytes.length - 2 - lengthBytes)
  const oid = [...bytes.subarray(2 + lengthBytes, 2 + lengthBytes + 11)]
  const lastArc = Number(objectId.split('.').at(-1))
  expect(oid).toEqual([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, lastArc])
}
