import { pino, type DestinationStream, type Logger } from 'pino'

export type { Logger } from 'pino'

/** Structured, one JSON line an event. What could carry people's data or secrets is struck out wherever it turns up. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: {
      paths: [
        'token',
        'secret',
        'clientState',
        'authorization',
        'cookie',
        'subject',
        'address',
        'body',
      ].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: '[redacted]',
    },
    // An error's message may quote input; its class and code say what happened.
    serializers: { err: describeError, providerCode: asWord },
    hooks: { streamWrite: inPrint },
  }
  return pino(options, destination)
}

/** Class, stable code and stack, never the message: foreign messages can quote addresses. */
function describeError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as { code?: unknown }
  return { type: asWord(error.name), code: asWord(code), stack: framesOf(error) }
}

/** A message can have lines that look like frames, so it goes first. */
function framesOf({ stack = '', message }: Error): string {
  const at = message === '' ? -1 : stack.indexOf(message)
  const lines = (at < 0 ? stack : stack.slice(at + message.length)).split('\n')
  return lines
    .filter((line) => FRAME.test(line))
    .slice(0, 8)
    .join('\n')
}

const FRAME = /^\s+at .*:\d+\)?$/

/** Names and codes of other people's errors are words; what is none was put together of something else. */
const asWord = (name: unknown): unknown =>
  typeof name !== 'string' || /^[\w.:-]{1,80}$/.test(name) ? name : '[odd]'

/** Controls that JSON leaves as they are: a terminal may obey them, and a viewer take them for the end of the line. */
const NOT_IN_PRINT = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

const inPrint = (line: string): string =>
  line.replace(NOT_IN_PRINT, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
