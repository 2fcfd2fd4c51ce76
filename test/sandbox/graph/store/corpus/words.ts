import { base64, binary, encodedWords, oneWord, write, type Sample } from './write.ts'

const subject = (name: string, written: string, meant: string): Sample =>
  write(`subject: ${name}`, { head: { Subject: written }, truth: { subject: meant } })

const MIXED = 'Grüße aus 東京 🙂'

/** Words that were cut at a byte, not at a character, as some programs do. */
const cutAnywhere = (): Sample[] =>
  [3, 12, 17, 20].map((at) => {
    const bytes = binary(MIXED)
    const words = [bytes.slice(0, at), bytes.slice(at)].map((piece) => oneWord(piece)).join('\r\n ')
    return subject(`cut in the middle of a character, after ${at} bytes`, words, MIXED)
  })

const umlaut = oneWord(binary('für'), 'utf-8', 'Q')

/** RFC 2047 as it is written, well or not so well. */
const spellings = (): Sample[] => [
  subject('plain words around an encoded one', `Angebot ${umlaut} Alice`, 'Angebot für Alice'),
  subject('two words, the space between them lost', `${umlaut} ${umlaut}`, 'fürfür'),
  subject('two words folded with a tab', `${umlaut}\r\n\t${umlaut}`, 'fürfür'),
  subject('lower case letters of the encoding', '=?utf-8?q?f=c3=bcr?=', 'für'),
  subject('lower case b', `=?utf-8?b?${base64(binary('für'))}?=`, 'für'),
  subject('upper case charset', `=?UTF-8?B?${base64(binary('für'))}?=`, 'für'),
  subject('underscores for spaces', '=?utf-8?Q?eins_f=C3=BCr_alle?=', 'eins für alle'),
  subject('a language after the charset', '=?utf-8*de?Q?f=C3=BCr?=', 'für'),
  subject(
    'two charsets side by side',
    `${oneWord(binary('für', 'iso-8859-1'), 'iso-8859-1', 'Q')} ${oneWord(binary('東京', 'shift_jis'), 'shift_jis')}`,
    'für東京',
  ),
  subject(
    'both encodings side by side',
    `${oneWord(binary('für '), 'utf-8', 'Q')} ${oneWord(binary('alle'))}`,
    'für alle',
  ),
  subject(
    'base64 without its padding',
    `=?utf-8?B?${base64(binary('für')).replace(/=+$/, '')}?=`,
    'für',
  ),
  subject('nothing in the word', 'vorher =?utf-8?Q??= nachher', 'vorher nachher'),
  subject('an equals sign that is none', 'a =? b ?= c', 'a =? b ?= c'),
  subject('a question in words', 'Is 2 =3? No =?= maybe', 'Is 2 =3? No =?= maybe'),
  subject('one word of 400 characters', oneWord(binary('ü'.repeat(200))), 'ü'.repeat(200)),
  subject('forty words', encodedWords('東'.repeat(320)), '東'.repeat(320)),
  subject(
    'iso-2022-jp, each word beginning in ASCII',
    encodedWords('三階の見積もりについてのご連絡です', {
      label: 'iso-2022-jp',
      encoder: 'iso-2022-jp',
    }),
    '三階の見積もりについてのご連絡です',
  ),
  subject('a reply mark before it', `Re: ${umlaut}`, 'Re: für'),
  subject('a reply mark in the language', `AW: WG: ${umlaut}`, 'AW: WG: für'),
  subject('nothing', '', ''),
  subject('one space', ' ', ''),
  subject('an emoji made of several', encodedWords('👩‍💻 ship it'), '👩‍💻 ship it'),
  subject('raw UTF-8', binary('für 東京'), 'für 東京'),
  subject('raw UTF-8 with an encoded word', `${binary('für')} ${umlaut}`, 'für für'),
  subject('folded in the middle', 'Offer for\r\n the third floor', 'Offer for the third floor'),
  subject(
    'folded in each space',
    'Offer\r\n for\r\n the\r\n\tthird floor',
    'Offer for the third floor',
  ),
  subject(
    'folded before its first word',
    '\r\n Offer for the third floor',
    'Offer for the third floor',
  ),
  subject('very long, on one line', 'word '.repeat(180).trim(), 'word '.repeat(180).trim()),
]

const from = (name: string, written: string, address = 'nora@northwind.test'): Sample =>
  write(`from: ${name}`, { head: { From: written }, truth: { from: address } })

const nora = oneWord(binary('Nora Lindqvist'))

const senders = (): Sample[] => [
  from('an address alone', 'nora@northwind.test'),
  from('an address in brackets alone', '<nora@northwind.test>'),
  from('a name in quotes', '"Lindqvist, Nora" <nora@northwind.test>'),
  from('quotes within quotes', '"Nora \\"No\\" Lindqvist" <nora@northwind.test>'),
  from('an encoded name', `${nora} <nora@northwind.test>`),
  from('an encoded name in quotes, as Outlook does', `"${nora}" <nora@northwind.test>`),
  from('an encoded name with a comma', `${oneWord('Lindqvist, Nora')} <nora@northwind.test>`),
  from('no space before the bracket', 'Nora<nora@northwind.test>'),
  from('a comment after it', 'nora@northwind.test (Nora Lindqvist)'),
  from('another address as its name', '"boss@contoso.test" <nora@northwind.test>'),
  from(
    'another address as its name, encoded',
    `${oneWord('b@contoso.test')} <n@northwind.test>`,
    'n@northwind.test',
  ),
  from('folded before the address', 'Nora Lindqvist\r\n <nora@northwind.test>'),
  from('upper case', 'NORA <NORA@NORTHWIND.TEST>', 'nora@northwind.test'),
  from('a plus', '<nora+offers@northwind.test>', 'nora+offers@northwind.test'),
  from('an apostrophe', "<o'nora@northwind.test>", "o'nora@northwind.test"),
  from('a long name', `${encodedWords('Владимир '.repeat(12).trim())} <nora@northwind.test>`),
  from('a name with an at sign in words', 'Nora at Northwind <nora@northwind.test>'),
  from('a name in raw UTF-8', `${binary('Jürgen')} <nora@northwind.test>`),
  from('a domain of its own letters', `<nora@${binary('bücher.test')}>`, 'nora@bücher.test'),
  from('a domain in punycode', '<nora@xn--bcher-kva.test>', 'nora@xn--bcher-kva.test'),
]

export const wordsAndNames = (): Sample[] => [...cutAnywhere(), ...spellings(), ...senders()]
