import { binary, oneWord, SENT_AT, text, write, type Sample } from './write.ts'

const to = (name: string, written: string | string[], addresses: string[]): Sample =>
  write(`to: ${name}`, { head: { To: written }, truth: { to: addresses } })

const many = Array.from({ length: 60 }, (_, at) => `person${at}@contoso.test`)

const receivers = (): Sample[] => [
  to('two', 'a@contoso.test, b@contoso.test', ['a@contoso.test', 'b@contoso.test']),
  to('names with commas in quotes', '"A, B" <a@contoso.test>, "C, D" <c@contoso.test>', [
    'a@contoso.test',
    'c@contoso.test',
  ]),
  to('sixty, one a line', many.join(',\r\n '), many),
  to('sixty on one line', many.map((each) => `<${each}>`).join(', '), many),
  to('a group without members', 'undisclosed-recipients:;', []),
  to('a group', 'Team: a@contoso.test, B <b@contoso.test>;', ['a@contoso.test', 'b@contoso.test']),
  to('a group and one more', 'Team: a@contoso.test;, c@contoso.test', [
    'a@contoso.test',
    'c@contoso.test',
  ]),
  to('a comma too many at the end', 'a@contoso.test,', ['a@contoso.test']),
  to('a comma too many in the middle', 'a@contoso.test,, b@contoso.test', [
    'a@contoso.test',
    'b@contoso.test',
  ]),
  to(
    'encoded names',
    `${oneWord(binary('Zoë'))} <z@contoso.test>, ${oneWord(binary('Åse'))} <a@contoso.test>`,
    ['z@contoso.test', 'a@contoso.test'],
  ),
  to('the same twice', 'a@contoso.test, a@contoso.test', ['a@contoso.test', 'a@contoso.test']),
  to('comments everywhere', '(to) a@contoso.test (A), b@contoso.test (B)', [
    'a@contoso.test',
    'b@contoso.test',
  ]),
  to('a name alone', 'Alice Archer', []),
]

const dated = (name: string, written: string, at: number | null = SENT_AT): Sample =>
  write(`date: ${name}`, { head: { Date: written }, truth: { date: at } })

const dates = (): Sample[] => [
  dated('GMT', 'Fri, 20 Nov 2026 09:00:00 GMT'),
  dated('UT', 'Fri, 20 Nov 2026 09:00:00 UT'),
  dated('Z', 'Fri, 20 Nov 2026 09:00:00 Z'),
  dated('minus nought, of no zone', 'Fri, 20 Nov 2026 09:00:00 -0000'),
  dated('a zone and its name', 'Fri, 20 Nov 2026 01:00:00 -0800 (PST)'),
  dated('a zone by its name', 'Fri, 20 Nov 2026 04:00:00 EST'),
  dated('half an hour apart', 'Fri, 20 Nov 2026 14:30:00 +0530'),
  dated('the next day over there', 'Sat, 21 Nov 2026 01:00:00 +1600'),
  dated('no day of the week', '20 Nov 2026 09:00:00 +0000'),
  dated('the wrong day of the week', 'Mon, 20 Nov 2026 09:00:00 +0000'),
  dated('no seconds', 'Fri, 20 Nov 2026 09:00 +0000'),
  dated('one figure for the hour', 'Fri, 20 Nov 2026 9:00:00 +0000'),
  dated('a space before the day', 'Fri,  6 Nov 2026 09:00:00 +0000', Date.UTC(2026, 10, 6, 9)),
  dated('two figures for the year', 'Fri, 20 Nov 26 09:00:00 +0000'),
  dated('folded', 'Fri, 20 Nov 2026\r\n 09:00:00 +0000'),
  dated('small letters', 'fri, 20 nov 2026 09:00:00 +0000'),
  dated('long ago', 'Thu, 1 Jan 1970 00:00:00 +0000', 0),
  dated('a leap day', 'Tue, 29 Feb 2028 12:00:00 +0000', Date.UTC(2028, 1, 29, 12)),
  dated('no date at all', 'whenever', null),
  dated('nothing', '', null),
]

const odd = (name: string, head: Record<string, string | string[] | null>, truth = {}): Sample =>
  write(`head: ${name}`, { head, truth })

const oddHeads = (): Sample[] => [
  odd('no From', { From: null }, { from: null }),
  odd('no To', { To: null }, { to: [] }),
  odd('no Date', { Date: null }, { date: null }),
  odd('no Subject', { Subject: null }, { subject: '' }),
  odd('no Message-ID', { 'Message-ID': null }),
  odd('no MIME-Version', { 'MIME-Version': null }),
  odd(
    'none of the usual',
    { From: null, To: null, Date: null, Subject: null, 'Message-ID': null },
    {
      ...{ from: null, to: [], date: null, subject: '' },
    },
  ),
  odd('From twice, the same', { From: ['N <nora@northwind.test>', 'N <nora@northwind.test>'] }),
  odd('From twice, the first counts', { From: ['nora@northwind.test', 'evil@elsewhere.test'] }),
  odd('Date twice', {
    Date: ['Fri, 20 Nov 2026 09:00:00 +0000', 'Sat, 21 Nov 2026 09:00:00 +0000'],
  }),
  odd('Message-ID twice', { 'Message-ID': ['<a@northwind.test>', '<b@northwind.test>'] }),
  odd('Subject twice', { Subject: ['Offer for the third floor', 'Another'] }),
  odd('Sender beside From', { Sender: 'office@northwind.test' }),
  odd('a mailing list', { 'List-Id': '<team.contoso.test>', 'Reply-To': 'team@contoso.test' }),
  odd('names in capitals', {
    ...{ From: null, Subject: null, FROM: 'nora@northwind.test' },
    SUBJECT: 'Offer for the third floor',
  }),
  odd('names in small letters', {
    ...{ From: null, To: null, from: 'nora@northwind.test', to: 'alice@contoso.test' },
  }),
  odd('no space after the colon', {
    ...{ From: null, 'X-Odd:1\r\nFrom': 'nora@northwind.test' },
  }),
  odd('a hundred Received lines', {
    Received: Array.from(
      { length: 100 },
      (_, at) => `from h${at}.test by h${at + 1}.test;\r\n\tnow`,
    ),
  }),
  odd('a signature of a thousand characters', { 'DKIM-Signature': `v=1; b=${'A'.repeat(1_000)}` }),
  odd('two hundred references', {
    References: Array.from({ length: 200 }, (_, at) => `<m${at}@northwind.test>`).join('\r\n '),
  }),
  odd('a raw Latin-1 name in another field', { 'X-Company': 'Caf\xe9 de l\xe9toile' }),
  odd('an empty field', { 'X-Nothing': '' }),
  odd('spaces at the end of lines', { Subject: 'Offer for the third floor   ' }),
]

const lineFeeds = (): Sample[] => [
  write('line feeds alone, folded', {
    head: { Subject: 'Offer for\r\n the third floor' },
    eol: '\n',
  }),
  write('line feeds alone, base64', {
    entity: text('Dear Alice, the offer is below.', { encoding: 'base64' }),
    eol: '\n',
  }),
  write('line feeds alone, quoted-printable', {
    entity: text('Dear Alice, the offer is below.', { encoding: 'quoted-printable' }),
    eol: '\n',
  }),
]

export const oddHeaders = (): Sample[] => [
  ...receivers(),
  ...dates(),
  ...oddHeads(),
  ...lineFeeds(),
]
