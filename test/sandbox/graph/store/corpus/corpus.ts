import { Random } from '../../../../../sandbox/random.ts'
import { oddHeaders } from './heads.ts'
import { inAllLanguages, languages } from './languages.ts'
import { programsAndMachines } from './programs.ts'
import { structures } from './structures.ts'
import { wordsAndNames } from './words.ts'
import { encodedWords, multipart, part, text, write, type Entity, type Sample } from './write.ts'

/** Mail of every shape we know of, the same each time. */
export const corpus = (): Sample[] => [
  ...inAllLanguages(),
  ...wordsAndNames(),
  ...oddHeaders(),
  ...structures(),
  ...programsAndMachines(),
  ...thrownTogether(80),
]

/** What the others have one at a time, by chance together. */
function thrownTogether(count: number): Sample[] {
  const random = new Random(2047)
  const oneOf = <T>(items: readonly T[]): T => random.pick(items)
  return Array.from({ length: count }, (_, at) => {
    const of = oneOf(languages)
    const { label, encoder } = of
    const words = { label, encoder, kind: oneOf(['B', 'Q'] as const) }
    const encoding = oneOf(['8bit', 'quoted-printable', 'base64'] as const)
    const plain = text(of.body, { label, encoder, encoding })
    const html = text(`<b>${of.body}</b>`, { label, encoder, encoding, kind: 'html' })
    const file = part('application/pdf', 'nothing', 'Content-Disposition: attachment')
    const inner = (): Entity =>
      oneOf([plain, multipart('alternative', [plain, html]), multipart('related', [html])])
    const addresses = Array.from({ length: 1 + (at % 4) }, (__, n) => `person${n}@contoso.test`)
    return write(`thrown together, ${at}`, {
      head: {
        From: `${encodedWords(of.name, words)}${oneOf([' ', '\r\n '])}<nora@northwind.test>`,
        To: addresses.join(oneOf([', ', ',\r\n\t', ' ,'])),
        Date: oneOf(['Fri, 20 Nov 2026 09:00:00 GMT', 'Fri, 20 Nov 2026 10:00:00 +0100 (CET)']),
        Subject: encodedWords(of.subject, words),
      },
      entity: oneOf([inner(), multipart('mixed', [inner(), file]), multipart('mixed', [inner()])]),
      eol:
        encoding === '8bit' || label.toLowerCase() === 'iso-2022-jp'
          ? '\r\n'
          : oneOf(['\r\n', '\n']),
      truth: { to: addresses, subject: of.subject, body: of.body },
    })
  })
}
