import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Writable } from 'node:stream'
import { createEvents } from '../../webhook/events.ts'
import { ProviderError } from '../../webhook/errors.ts'
import { createLogger } from '../../webhook/logger.ts'
import { Metrics } from '../../webhook/metrics/metrics.ts'
import { naughtyStrings } from './html/naughty.ts'
import { startWorld, type World } from './http/support/world.ts'

/** What ends a line, commands a terminal, or closes a text too early. */
const injections = [
  ...[
    '\r\n{"level":60,"msg":"forged"}',
    '\n',
    '\r',
    '\u2028',
    '\u2029',
    '\u0085',
    '\v',
    '\f',
    '\0',
  ],
  ...[
    '\u001b[31mred\u001b[0m',
    '\u001b]0;title\u0007',
    '\u001b[2J\u001b[H',
    '\u009b31m',
    '\u0090q\u009c',
  ],
  ...['\u007f', '\b\b\b', '\u202etxt.exe', '\u2066x\u2069', '"}\n{"msg":"', '\\"}', '\\', '%0d%0a'],
  ...['${jndi:ldap://127.0.0.1:1/x}', '{{7*7}}', '\ud800', '\udc00\ud800', '"', '<script>'],
]
const strings = [...new Set([...injections, ...naughtyStrings()])]

const lines: string[] = []
const destination = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    lines.push(chunk.toString())
    done()
  },
})
const log = createLogger('trace', destination)
const events = createEvents(log, new Metrics({ token: null }).instruments)

/** An error of which everything is that text. */
function errorOf(text: string): Error {
  const error = new Error(text, { cause: new Error(text) })
  return Object.assign(error, { name: text, code: text, details: { text }, [text]: text })
}

/** Everything that is ever logged, with this text in every field that takes one. */
const sayings = (text: string): (() => void)[] => {
  const error = errorOf(text)
  const odd = text as never
  const fields = { folderId: text, entryId: text, mailboxId: text, emailId: text, errorCode: text }
  return [
    () => events.workerFailed(error),
    () => events.housekeepingFailed(error),
    () => events.mailboxNotShown(error),
    () => events.mailWithheld(odd),
    () => events.htmlThreadFailed(error),
    () => events.databaseAwaited({ leftMs: odd }),
    () => events.auditCheckpoint({ checkpoint: { text }, signature: text } as never),
    () => events.erasureRecorded({ report: { text }, signature: text } as never),
    () => events.started({ port: odd, addinPort: odd }),
    () => events.notificationsRefused({ reason: text, count: text } as never),
    () => events.pageApplied({ mailboxId: text, messages: 1, newEmails: 1 }),
    () => events.messageQuarantined({ ...fields, error }),
    () => events.attachmentsFailed({ ...fields, error }),
    () => events.folderFailed({ ...fields, error }),
    () => events.proven(text, { equal: false, missing: odd, surplus: odd } as never),
    () => log.error({ requestId: text, providerCode: text, err: error }, text),
    () => log.info({ [text]: text, nested: { [text]: [text] } }, text),
    () => log.info({ method: text, route: text, status: text }, 'request'),
  ]
}

/** What is wrong with a line of the log: it must be one JSON object and a line feed, and printable. */
function faultOf(line: string): string | null {
  if (!line.endsWith('\n')) return 'no end'
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(line.slice(0, -1)))
    return 'controls'
  if (Buffer.from(line).toString() !== line) return 'no UTF-8'
  try {
    const read: unknown = JSON.parse(line)
    return typeof read === 'object' && read !== null && 'msg' in read ? null : 'no event'
  } catch {
    return 'no JSON'
  }
}

describe('a line of the log (reliability K2)', () => {
  it('is one JSON object, whatever is in its fields', () => {
    const faults: string[] = []
    for (const text of strings)
      for (const [n, say] of sayings(text).entries()) {
        lines.length = 0
        say()
        const fault = lines.length === 1 ? faultOf(lines[0]!) : `${lines.length} lines`
        if (fault) faults.push(`event ${n} with ${JSON.stringify(text)}: ${fault}`)
      }
    expect(faults).toEqual([])
  })

  it('says what it was given, though it is written in print', () => {
    for (const text of strings) {
      lines.length = 0
      events.pageApplied({ mailboxId: text, messages: 1, newEmails: 1 })
      expect(JSON.parse(lines[0]!)).toMatchObject({ mailboxId: text })
    }
  })

  it.each([
    [
      'a message of several lines',
      (text: string) => new Error(`x\n    at ${text} (file:1:1)\n    at b:1:1`),
    ],
    [
      'a message that is changed later',
      (text: string) => Object.assign(new Error('x'), { message: text }),
    ],
    ['a code', (text: string) => Object.assign(new Error('x'), { code: text })],
    ['a name', (text: string) => Object.assign(new Error('x'), { name: text })],
    ['a cause', (text: string) => new Error('x', { cause: new Error(text) })],
    [
      'details',
      (text: string) => new ProviderError('throttled', 'later', text, { providerCode: text }),
    ],
    [
      'other members',
      (text: string) => Object.assign(new Error('x'), { config: { data: text }, text }),
    ],
  ])('never tells what an error says: in %s', (_, make) => {
    lines.length = 0
    events.workerFailed(make('Jane Doe <jane@customer.example>'))
    expect(lines[0]).not.toMatch(/jane/i)
    expect(JSON.parse(lines[0]!)).toMatchObject({
      err: { stack: expect.stringMatching(/^\s+at /) },
    })
  })
})

describe('the line of a request', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world[Symbol.asyncDispose]())

  it('is one JSON object, whatever was asked for, and repeats none of it', async () => {
    const wanted = ['', '.doe', '-7', ...injections].filter((text) => !/\p{Surrogate}/u.test(text))
    const ask = async (text: string) => {
      const path = `/api/v1/emails/${encodeURIComponent(`canary${text}`)}?q=canary`
      const headers = { 'x-request-id': 'canary', 'user-agent': 'canary', referer: 'canary' }
      await (await fetch(`${world.serviceUrl}${path}`, { headers })).arrayBuffer()
    }
    for (const text of wanted) await ask(text)
    const said = world.logged.filter((line) => line.includes('"request"'))
    expect(said.length).toBeGreaterThanOrEqual(wanted.length)
    expect(said.map(faultOf).filter((fault) => fault !== null)).toEqual([])
    expect(said.join('')).not.toContain('canary')
  })
})
