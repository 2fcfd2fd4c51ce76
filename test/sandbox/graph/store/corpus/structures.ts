import { base64, binary, multipart, part, text, write, type Entity, type Sample } from './write.ts'

const WORDS = 'Dear Alice, the offer is below.'
const plain = text(WORDS)
const html = text(`<html><body><p>${WORDS}</p></body></html>`, { kind: 'html' })
const picture = part(
  'image/png; name="logo.png"',
  base64('\x89PNG\r\n\x1a\n'.repeat(20)),
  'Content-Transfer-Encoding: base64',
  'Content-ID: <logo@northwind.test>',
  'Content-Disposition: inline; filename="logo.png"',
)
const file = (disposition: string, type = 'application/pdf') =>
  part(
    type,
    base64('%PDF-1.4 nothing'),
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: ${disposition}`,
  )
const pdf = file('attachment; filename="offer.pdf"')
const letter = [
  'From: bob@contoso.test',
  'To: nora@northwind.test',
  'Subject: The letter inside',
  'Date: Mon, 16 Nov 2026 08:00:00 +0000',
  'Content-Type: text/plain',
  '',
  'Words of the letter inside.',
].join('\r\n')
const forwarded = part('message/rfc822', letter, 'Content-Disposition: attachment')
const calendar = (method: string) =>
  part(
    `text/calendar; method=${method}; charset=utf-8`,
    ['BEGIN:VCALENDAR', `METHOD:${method}`, 'BEGIN:VEVENT', 'END:VEVENT', 'END:VCALENDAR'].join(
      '\r\n',
    ),
  )
const tnef = file('attachment; filename="winmail.dat"', 'application/ms-tnef; name="winmail.dat"')

const of = (name: string, entity: Entity, truth = {}): Sample =>
  write(`body: ${name}`, { entity, truth })

const mixed = (...parts: Entity[]) => multipart('mixed', parts)
const alternative = (...parts: Entity[]) => multipart('alternative', parts)

function nested(depth: number): Entity {
  let inner: Entity = plain
  for (let level = 0; level < depth; level++)
    inner = multipart('mixed', [inner], { boundary: `level${level}` })
  return inner
}

const shapes = (): Sample[] => [
  of('text alone', plain),
  of('HTML alone', html),
  of('text and HTML', alternative(plain, html)),
  of('HTML with a picture', multipart('related', [html, picture])),
  of('both with a picture', alternative(plain, multipart('related', [html, picture]))),
  of('the picture around both', multipart('related', [alternative(plain, html), picture])),
  of('a file', mixed(plain, pdf)),
  of('everything', mixed(multipart('related', [alternative(plain, html), picture]), pdf)),
  of('five files', mixed(plain, pdf, pdf, pdf, pdf, pdf)),
  of('a file before the words', mixed(pdf, plain)),
  of('a forwarded letter', mixed(plain, forwarded)),
  of('three forwarded letters', mixed(plain, forwarded, forwarded, forwarded)),
  of('a digest', mixed(plain, multipart('digest', [part('message/rfc822', letter)]))),
  of('winmail.dat', mixed(plain, tnef)),
  of('winmail.dat alone', mixed(tnef), { body: '' }),
  of('an invitation', alternative(plain, calendar('REQUEST'))),
  of('an invitation with HTML', alternative(plain, html, calendar('REQUEST'))),
  of('an answer to one', alternative(plain, calendar('REPLY'))),
  of('an invitation as a file', mixed(alternative(plain, html), calendar('CANCEL'))),
  of(
    'a signed letter',
    multipart('signed', [
      plain,
      file('attachment; filename="smime.p7s"', 'application/pkcs7-signature'),
    ]),
  ),
  of('an encrypted letter', file('attachment; filename="smime.p7m"', 'application/pkcs7-mime'), {
    body: '',
  }),
  of('a picture alone', picture, { body: '' }),
  of('ten levels', nested(10)),
  of('fifty levels', nested(50)),
]

const names = (): Sample[] =>
  [
    'attachment; filename=offer.pdf',
    "attachment; filename*=utf-8''%E8%A6%8B%E7%A9%8D.pdf",
    "attachment; filename*0*=utf-8''a%20long; filename*1*=%20name; filename*2=.pdf",
    `attachment; filename="=?utf-8?B?${base64(binary('見積.pdf'))}?="`,
    'attachment; filename="a;b\\"c.pdf"',
    'attachment;\r\n\tfilename="folded.pdf"',
    "attachment; filename*=iso-8859-1'en'%A3%20rates.pdf",
    `attachment; filename="${binary('raw-ü.pdf')}"`,
    'attachment; filename=',
    'attachment',
    'ATTACHMENT; FILENAME="UPPER.PDF"',
    'attachment; filename*0="two"; filename*1=" parts.pdf"; size=20',
  ].map((disposition) => of(`a file named by ${disposition}`, mixed(plain, file(disposition))))

const broken = (): Sample[] => [
  of('nothing', part('text/plain', ''), { body: '' }),
  of('nothing, and no type', { head: [], body: '' }, { body: '' }),
  of('no type', { head: [], body: WORDS }),
  of('one line without an end', part('text/plain', WORDS)),
  of('a type in capitals', part('TEXT/PLAIN; CHARSET="UTF-8"', WORDS)),
  of(
    'an encoding in capitals',
    part('text/plain', base64(WORDS), 'Content-Transfer-Encoding: BASE64'),
  ),
  of(
    'base64 with a line of its own for each 4',
    part(
      'text/plain',
      base64(WORDS).replace(/.{4}/g, '$&\r\n'),
      'Content-Transfer-Encoding: base64',
    ),
  ),
  of(
    'base64 with spaces',
    part('text/plain', base64(WORDS).replace(/.{20}/g, '$& '), 'Content-Transfer-Encoding: base64'),
  ),
  of(
    'quoted-printable with soft ends',
    part(
      'text/plain',
      'Dear Alice,=\r\n the offer=\r\n is below.',
      'Content-Transfer-Encoding: quoted-printable',
    ),
  ),
  of(
    'quoted-printable in small letters',
    part(
      'text/plain; charset=utf-8',
      'Gr=c3=bc=c3=9fe',
      'Content-Transfer-Encoding: quoted-printable',
    ),
    { body: 'Grüße' },
  ),
  of(
    'quoted-printable with a stray sign',
    part('text/plain', '1 + 1 = 2 =XY', 'Content-Transfer-Encoding: quoted-printable'),
    { body: '1 + 1 = 2 =XY' },
  ),
  of('an encoding nobody knows', part('text/plain', WORDS, 'Content-Transfer-Encoding: 7-bit')),
  of('a charset nobody knows', part('text/plain; charset=x-unheard-of', WORDS)),
  of('a charset in quotes', part('text/plain; charset="us-ascii"', WORDS)),
  of(
    'flowed text',
    part('text/plain; format=flowed; charset=utf-8', 'Dear Alice, \r\nthe offer is below.'),
  ),
  of('no closing boundary', multipart('mixed', [plain], { isClosed: false })),
  of(
    'words before and after',
    multipart('mixed', [plain], { preamble: 'You need MIME.\r\n', epilogue: 'Bye.\r\n' }),
  ),
  of('a boundary with signs', multipart('mixed', [plain], { boundary: "a'b()+_,-./:=?c" })),
  of('a boundary of seventy characters', multipart('mixed', [plain], { boundary: 'b'.repeat(70) })),
  of(
    'a boundary that begins like another',
    multipart(
      'mixed',
      [multipart('alternative', [plain, html], { boundary: 'outer-inner' }), pdf],
      { boundary: 'outer' },
    ),
  ),
  of('a line of 5,000 characters', part('text/plain', 'x'.repeat(5_000)), {
    body: 'x'.repeat(5_000),
  }),
  of(
    'dots and Froms at the beginning of lines',
    part('text/plain', '.one\r\n>From two\r\n..three'),
    { body: '.one >From two ..three' },
  ),
  of('a NUL', part('text/plain', 'before\0after'), { body: 'before\0after' }),
  of('line ends of a Mac', part('text/plain', 'one\rtwo'), { body: 'one two' }),
]

export const structures = (): Sample[] => [...shapes(), ...names(), ...broken()]
