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
    serializers: { err: describeError },
  }
  return pino(options, destination)
}

/** Class, stable code and stack, never the message: foreign messages can quote addresses. */
function describeError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as { code?: unknown }
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '))
  return { type: error.name, code, stack: frames?.slice(0, 8).join('\n') }
}
