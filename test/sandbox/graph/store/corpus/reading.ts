import { spawnSync } from 'node:child_process'
import { contentOf } from '../../../../../sandbox/graph/store/mime/content.ts'
import { envelopeOf } from '../../../../../sandbox/graph/store/mime/envelope.ts'
import { workOf } from '../../../../support/work-of.ts'
import type { Sample, Truth } from './write.ts'

export const FIELDS = ['from', 'to', 'date', 'subject', 'body'] as const
export type Field = (typeof FIELDS)[number]

/** What a parser makes of a mail: each field as a text to compare, '' where there is nothing; and the milliseconds that it worked. */
export type Reading = Record<Field, string> & { workMs: number }

/** As the Graph twin reads mail that is delivered to it. */
export async function readByOurs(bytes: Buffer): Promise<Reading> {
  const [[envelope, { text, html }], workMs] = await workOf(async () => {
    return [envelopeOf(bytes), await contentOf(bytes, 0)] as const
  })
  const { from, toRecipients, sentAt, subject } = envelope
  const to = toRecipients.map(({ emailAddress }) => emailAddress?.address ?? '')
  const sender = from?.emailAddress?.address ?? null
  return {
    ...comparable({ from: sender, to, date: sentAt ?? null, subject, body: text ?? html ?? '' }),
    workMs,
  }
}

type Foreign = Truth & { ms: number }

/** As Python's `email` reads it. Null where there is no Python, which only CI must have. */
export function readByPython(samples: readonly Sample[]): Reading[] | null {
  const script = 'test/sandbox/graph/store/corpus/second-parser.py'
  const input = JSON.stringify(samples.map(({ bytes }) => bytes.toString('base64')))
  const { error, status, stdout, stderr } = spawnSync('python3', ['-I', script], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1_024 * 1_024,
  })
  if (isMissing(error) && !process.env['CI']) return null
  if (error || status !== 0)
    throw new Error(`The second parser needs python3 (3.8 or later): ${error?.message ?? stderr}`)
  return (JSON.parse(stdout) as Foreign[]).map(({ ms, ...said }) => ({
    ...comparable(said),
    workMs: ms,
  }))
}

const isMissing = (error?: NodeJS.ErrnoException): boolean => error?.code === 'ENOENT'

/** White space, tags and the case of addresses aside. */
export const comparable = ({ from, to, date, subject, body }: Truth): Record<Field, string> => ({
  from: plain(from).toLowerCase(),
  to: (Array.isArray(to) ? to.join(' ') : plain(to)).toLowerCase(),
  date: plain(date),
  subject: plain(subject),
  body: plain(typeof body === 'string' ? body.replace(/<[^>]{1,500}>/g, ' ') : body),
})

/** What the other parser could not read comes as an object. */
function plain(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}
