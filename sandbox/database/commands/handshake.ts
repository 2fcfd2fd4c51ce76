import {
  MAX_DOCUMENT_BYTES,
  MAX_MESSAGE_BYTES,
  MAX_WRITE_BATCH,
  SERVER_VERSION,
  SESSION_MINUTES,
  WIRE_VERSION,
} from '../limits.ts'
import type { Command } from './context.ts'

/** A standalone server: sessions, but neither transactions nor retryable writes, so drivers ask for none. */
const hello: Command = (command, { now }) => ({
  helloOk: true,
  ...('hello' in command ? { isWritablePrimary: true } : { ismaster: true }),
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  maxMessageSizeBytes: MAX_MESSAGE_BYTES,
  maxWriteBatchSize: MAX_WRITE_BATCH,
  localTime: now,
  logicalSessionTimeoutMinutes: SESSION_MINUTES,
  minWireVersion: 0,
  maxWireVersion: WIRE_VERSION,
  readOnly: false,
})

const buildInfo: Command = () => ({
  version: SERVER_VERSION.slice(0, 3).join('.'),
  versionArray: [...SERVER_VERSION],
  gitVersion: 'FlowCRM sandbox database, for trying and testing only',
  modules: [],
  bits: 64,
  debug: false,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
})

const nothing: Command = () => ({})

export const handshakeCommands: Record<string, Command> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  buildInfo,
  ping: nothing,
  endSessions: nothing,
}
