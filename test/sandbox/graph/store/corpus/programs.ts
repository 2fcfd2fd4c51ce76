import { languages, type Language } from './languages.ts'
import {
  base64,
  encodedWords,
  multipart,
  part,
  text,
  write,
  type Encoding,
  type Entity,
  type Plan,
  type Sample,
} from './write.ts'

/** How a mail program writes a letter: its header lines, its parts, its encodings. */
type Program = { name: string; head: Record<string, string>; bodyOf: (of: Language) => Entity }

const plain = ({ label, encoder, body }: Language, encoding: Encoding) =>
  text(body, { label, encoder, encoding })
const html = ({ label, encoder, body }: Language, encoding: Encoding, around = '<p>|</p>') =>
  text(around.replace('|', body), { label, encoder, encoding, kind: 'html' })
const alternative = (boundary: string, ...parts: Entity[]) =>
  multipart('alternative', parts, { boundary })

const pdf = part(
  'application/pdf; name="offer.pdf"',
  base64('%PDF-1.4 nothing'),
  'Content-Transfer-Encoding: base64',
  'Content-Disposition: attachment; filename="offer.pdf"; size=16',
)

const programs: readonly Program[] = [
  {
    name: 'Exchange',
    head: {
      Received: 'from AM0PR01.eurprd01.test (2603::1) by\r\n AM0PR02.eurprd01.test; now',
      'Thread-Topic': 'Offer',
      'Thread-Index': 'AQHZ0000000000000000000000000==',
      'Accept-Language': 'de-DE, en-US',
      'X-MS-Has-Attach': '',
      'X-MS-Exchange-Organization-SCL': '-1',
    },
    bodyOf: (of) =>
      alternative(
        '_000_AM0PR01MB0000_',
        plain(of, 'quoted-printable'),
        html(of, 'quoted-printable', '<html><body><div>|</div></body></html>'),
      ),
  },
  {
    name: 'Outlook for Windows',
    head: { 'X-Mailer': 'Microsoft Outlook 16.0', 'Content-Language': 'en-gb' },
    bodyOf: (of) =>
      multipart(
        'mixed',
        [
          alternative(
            '----=_NextPart_001_0001',
            plain(of, 'base64'),
            html(of, 'base64', '<html xmlns:o="urn:x"><body><p class=MsoNormal>|<o:p></o:p></p>'),
          ),
          pdf,
        ],
        { boundary: '----=_NextPart_000_0000', preamble: 'This is a multipart message.\r\n\r\n' },
      ),
  },
  {
    name: 'Gmail',
    head: { 'X-Gm-Message-State': 'AOJu0Y', 'X-Received': 'by 2002:a05:; now' },
    bodyOf: (of) =>
      alternative(
        '000000000000abcdef0612345678',
        plain(of, 'base64'),
        html(of, 'quoted-printable', '<div dir="ltr">|<br></div>'),
      ),
  },
  {
    name: 'Apple Mail',
    head: { 'X-Mailer': 'Apple Mail (2.3774.500)' },
    bodyOf: (of) =>
      multipart('mixed', [plain(of, 'quoted-printable'), pdf], { boundary: 'Apple-Mail=_0A1B' }),
  },
  {
    name: 'Thunderbird',
    head: { 'User-Agent': 'Mozilla Thunderbird', 'Content-Language': 'en-US' },
    bodyOf: (of) =>
      multipart('mixed', [plain(of, '8bit'), pdf], {
        boundary: '------------0a1B2c3D4e',
        preamble: 'This is a multi-part message in MIME format.\r\n',
      }),
  },
  {
    name: 'mutt',
    head: { 'User-Agent': 'Mutt/2.2.9', 'Content-Disposition': 'inline' },
    bodyOf: (of) => plain(of, '8bit'),
  },
  {
    name: 'a newsletter',
    head: {
      'List-Unsubscribe': '<mailto:out@northwind.test>,\r\n <https://northwind.test/out?u=1>',
      Precedence: 'bulk',
    },
    bodyOf: (of) => html(of, 'quoted-printable', '<table><tr><td>|</td></tr></table>'),
  },
  {
    name: 'a telephone',
    head: { 'X-Mailer': 'iPhone Mail (21A)' },
    bodyOf: (of) => plain(of, 'base64'),
  },
]

/** One of each script: programs write them all. */
const scripts = [
  'utf-8',
  'iso-8859-1',
  'windows-1251',
  'iso-2022-jp',
  'gb2312',
  'euc-kr',
  'windows-1255',
].flatMap((label) => languages.filter((each) => each.label === label))

const letters = (): Sample[] =>
  programs.flatMap((program) => scripts.map((of) => letter(program, of)))

function letter({ name, head, bodyOf }: Program, of: Language): Sample {
  const { label, encoder } = of
  const plan: Plan = {
    head: {
      ...head,
      From: `${encodedWords(of.name, { label, encoder })} <nora@northwind.test>`,
      Subject: encodedWords(of.subject, { label, encoder, kind: label === 'utf-8' ? 'Q' : 'B' }),
    },
    entity: bodyOf(of),
    truth: { subject: of.subject, body: of.body },
  }
  return write(`${name}, ${label}`, plan)
}

const REPORT = 'Your letter could not be delivered.'
const status = part(
  'message/delivery-status',
  'Reporting-MTA: dns; mx.contoso.test\r\n\r\nFinal-Recipient: rfc822; bob@contoso.test\r\nAction: failed\r\nStatus: 5.1.1',
)
const original = part(
  'message/rfc822',
  'From: alice@contoso.test\r\nSubject: Hello\r\n\r\nHello Bob',
)
const headersAlone = part('text/rfc822-headers', 'From: alice@contoso.test\r\nSubject: Hello')
const report = (kind: string, ...parts: Entity[]): Entity => {
  const whole = multipart('report', [text(REPORT), ...parts])
  return { ...whole, head: whole.head.map((line) => line.replace(';', `; report-type=${kind};`)) }
}

const machines: readonly (readonly [string, Record<string, string>, Entity])[] = [
  ['postfix', { 'Auto-Submitted': 'auto-replied' }, report('delivery-status', status, original)],
  [
    'exchange',
    { 'X-MS-Exchange-Message-Is-Ndr': '' },
    report('delivery-status', status, headersAlone),
  ],
  ['gmail', { 'X-Failed-Recipients': 'bob@contoso.test' }, report('delivery-status', status)],
  ['qmail', {}, text(REPORT)],
  [
    'a read receipt',
    {},
    report(
      'disposition-notification',
      part('message/disposition-notification', 'Disposition: manual-action; displayed'),
    ),
  ],
  [
    'an abuse report',
    {},
    report('feedback-report', part('message/feedback-report', 'Feedback-Type: abuse'), original),
  ],
  [
    'an absence',
    { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    text(REPORT),
  ],
]

const bounces = (): Sample[] =>
  machines.flatMap(([name, head, entity]) =>
    [
      { From: 'Mail Delivery System <mailer-daemon@northwind.test>', 'Return-Path': '<>' },
      { From: 'MAILER-DAEMON@northwind.test (Mail Delivery System)', Sender: '<>' },
    ].map((from, at) =>
      write(`machine: ${name}, ${at + 1}`, {
        head: { ...from, ...head },
        entity,
        truth: { from: 'mailer-daemon@northwind.test', body: REPORT },
      }),
    ),
  )

export const programsAndMachines = (): Sample[] => [...letters(), ...bounces()]
