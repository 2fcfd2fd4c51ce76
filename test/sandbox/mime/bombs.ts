import { crc32, deflateRawSync } from 'node:zlib'

const KB = 1_024
const MB = KB * KB

const many = (count: number, part: string | ((n: number) => string)) =>
  Array.from({ length: count }, (_, n) => (typeof part === 'string' ? part : part(n)))

type Shape = { to?: string; lines?: string[]; body: string; type?: string }

/** A mail whose subject is its own, so that it is found again. */
function mail(subject: string, { to = 'Alice <alice@flow.example>', ...rest }: Shape): Buffer {
  const { lines = [], body, type = 'text/plain; charset=utf-8' } = rest
  const head = [
    'From: Carol <carol@customer.example>',
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(/\W+/g, '-')}@customer.example>`,
    'Date: Fri, 20 Nov 2026 08:59:30 +0000',
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
    `To: ${to}`,
    ...lines,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const part = (type: string, body: string, ...lines: string[]) =>
  [`Content-Type: ${type}`, ...lines, '', body].join('\r\n')
const mixed = (boundary: string, parts: string[]) =>
  [...parts.map((one) => `--${boundary}\r\n${one}`), `--${boundary}--`, ''].join('\r\n')
const MIXED = 'multipart/mixed; boundary="b"'
const BASE64 = 'Content-Transfer-Encoding: base64'
const attached = (name: string) => `Content-Disposition: attachment; filename="${name}"`
const hello = part('text/plain', 'Good morning.')

/** Multiparts within multiparts; and messages within messages. */
function nestedMultiparts(depth: number): string {
  const opened = many(depth, (n) => part(`multipart/mixed; boundary="b${n}"`, `--b${n}\r\n`))
  const closed = many(depth, (n) => `--b${n}--\r\n`).toReversed()
  return `--b\r\n${opened.join('')}${hello}\r\n${closed.join('')}--b--\r\n`
}

function nestedMessages(depth: number, ...lines: string[]): string {
  let inner = `Subject: the innermost\r\n\r\nGood morning.`
  for (let level = depth; level > 0; level--)
    inner = `Subject: level ${level}\r\n${part('message/rfc822', inner, ...lines)}`
  return mixed('b', [hello, part('message/rfc822', inner, ...lines)])
}

/** One file of zeros, a thousandth of its size, whose directory claims ten gigabytes. */
export function zipBomb(): Buffer {
  const zeros = Buffer.alloc(10 * MB)
  const packed = deflateRawSync(zeros)
  const name = Buffer.from('zeros.bin')
  const claimed = 0xfff00000 // near four gigabytes, the most a plain entry can claim
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(8, 4)
  facts.writeUInt32LE(crc32(zeros), 10)
  facts.writeUInt32LE(packed.length, 14)
  facts.writeUInt32LE(claimed, 18)
  facts.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, name, packed])
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), facts, Buffer.alloc(14), name])
  const entries = many(3, '').map(() => entry) // the same bytes three times over: some ten gigabytes
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(local.length, 12)
  return Buffer.concat([local, directory, Buffer.from('PK\x05\x06'), end])
}

const inLines = (text: string) => text.replace(/.{76}/g, '$&\r\n')
const base64Of = (bytes: Buffer) => inLines(bytes.toString('base64'))
const file = (name: string, body: string, ...lines: string[]) =>
  mixed('b', [hello, part('application/octet-stream', body, attached(name), ...lines)])

const recipients = (count: number) => many(count, (n) => `Person ${n} <p${n}@many.example>`)

type Bombs = Record<string, (subject: string) => Buffer>

/** The rows of reliability F6, by subject: made when they are wanted. */
export const bombs: Bombs = {
  'a zip of ten gigabytes': (s) =>
    mail(s, { type: MIXED, body: file('zeros.zip', base64Of(zipBomb()), BASE64) }),
  '300 nested messages': (s) => mail(s, { type: MIXED, body: nestedMessages(300) }),
  '3,000 nested multiparts': (s) => mail(s, { type: MIXED, body: nestedMultiparts(3_000) }),
  '20k parts of text': (s) =>
    mail(s, {
      type: MIXED,
      body: mixed(
        'b',
        many(20_000, (n) => part('text/plain', `${n}`)),
      ),
    }),
  '100k headers': (s) =>
    mail(s, { lines: many(100_000, (n) => `X-Header-${n}: ${n}`), body: 'Good morning.' }),
  '100k recipients': (s) =>
    mail(s, { to: recipients(100_000).join(',\r\n '), body: 'Good morning.' }),
  'a header of 1 MB': (s) =>
    mail(s, { lines: [`X-Long: ${'x'.repeat(MB)}`], body: 'Good morning.' }),
  'broken base64': (s) =>
    mail(s, {
      type: MIXED,
      body: file('broken.bin', inLines('*&%!ab=c'.repeat(MB / 16)), BASE64),
    }),
}

/** Others that cost more than they weigh. */
export const relatives: Bombs = {
  '300 nested messages shown inline': (s) =>
    mail(s, { type: MIXED, body: nestedMessages(300, 'Content-Disposition: inline') }),
  '300 attached messages': (s) =>
    mail(s, { type: MIXED, body: nestedMessages(300, attached('mail.eml')) }),
  '300 nested multiparts': (s) => mail(s, { type: MIXED, body: nestedMultiparts(300) }),
  '20k parts of HTML': (s) =>
    mail(s, {
      type: MIXED,
      body: mixed(
        'b',
        many(20_000, (n) => part('text/html', `<p>${n}`)),
      ),
    }),
  '20k alternatives': (s) =>
    mail(s, {
      type: 'multipart/alternative; boundary="b"',
      body: mixed(
        'b',
        many(20_000, (n) => part(n % 2 ? 'text/html' : 'text/plain', `${n}`)),
      ),
    }),
  '100k times the same header': (s) =>
    mail(s, { lines: many(100_000, 'Received: from a by b'), body: 'Good morning.' }),
  '100k recipients on one line': (s) =>
    mail(s, { lines: [`Cc: ${recipients(100_000).join(',')}`], body: 'Good morning.' }),
  '100k open groups': (s) => mail(s, { to: many(100_000, 'a:').join(''), body: 'Good morning.' }),
  '100k open comments': (s) => mail(s, { to: '('.repeat(100_000), body: 'Good morning.' }),
  '100k open quotes': (s) => mail(s, { to: '"\\'.repeat(100_000), body: 'Good morning.' }),
  'a header of 1 MB in encoded words': (s) =>
    mail(s, { lines: [`Comments: ${many(70_000, '=?utf-8?q?=C3?=').join(' ')}`], body: 'x' }),
  'a folded header of 1 MB': (s) =>
    mail(s, { lines: [`X-Folded: ${many(MB / 8, 'x').join('\r\n \t   ')}`], body: 'x' }),
  'a header of 1 MB of spaces': (s) =>
    mail(s, { lines: [`X-Spaces: ${' '.repeat(MB)}x`], body: 'Good morning.' }),
  '100k references': (s) =>
    mail(s, {
      lines: [`References: ${many(100_000, (n) => `<${n}@x>`).join('\r\n ')}`],
      body: 'x',
    }),
  '100k parameters': (s) =>
    mail(s, { type: `text/plain; ${many(100_000, (n) => `a${n}=x`).join('; ')}`, body: 'x' }),
  '100k pieces of one parameter': (s) =>
    mail(s, {
      type: MIXED,
      body: mixed('b', [
        part(
          'application/pdf',
          'JVBERg==',
          `Content-Disposition: attachment; ${many(100_000, (n) => `filename*${n}*=%41`).join(';\r\n ')}`,
        ),
      ]),
    }),
  'base64 on one line': (s) =>
    mail(s, { type: MIXED, body: file('line.bin', 'QUJD'.repeat(MB / 4), BASE64) }),
  'broken quoted-printable': (s) =>
    mail(s, {
      lines: ['Content-Transfer-Encoding: quoted-printable'],
      body: `${'='.repeat(MB / 2)}${'=G1='.repeat(MB / 8)}`,
    }),
  '10 MB on one line': (s) => mail(s, { body: 'x'.repeat(10 * MB) }),
  '50k empty lines': (s) => mail(s, { body: '\r\n'.repeat(50_000) }),
  'a million beginnings of a boundary': (s) =>
    mail(s, { type: MIXED, body: '--b'.repeat(10) + '\r\n--bb'.repeat(250_000) }),
  'parts without an end': (s) =>
    mail(s, { type: MIXED, body: many(20_000, `--b\r\n${hello}\r\n`).join('') }),
  'a boundary of 100 KB': (s) => {
    const boundary = 'b'.repeat(100 * KB)
    return mail(s, {
      type: `multipart/mixed; boundary="${boundary}"`,
      body: mixed(boundary, many(20, hello)),
    })
  },
  '1 MB of HTML that never closes': (s) =>
    mail(s, { type: 'text/html', body: '<div><p>a&amp;'.repeat(MB / 14) }),
  '1 MB of open brackets': (s) => mail(s, { type: 'text/html', body: '<'.repeat(MB) }),
  '1 MB of open styles': (s) => mail(s, { type: 'text/html', body: '<style>'.repeat(MB / 7) }),
}
