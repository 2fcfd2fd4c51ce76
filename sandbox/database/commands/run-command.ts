import { CommandError, notImplemented } from '../errors.ts'
import { type Doc, isDocument } from '../query/values.ts'
import { catalogCommands } from './catalog.ts'
import type { Command, CommandContext } from './context.ts'
import { findAndModify } from './find-and-modify.ts'
import { handshakeCommands } from './handshake.ts'
import { readCommands } from './read.ts'
import { writeCommands } from './write.ts'

const COMMANDS: Record<string, Command> = {
  ...handshakeCommands,
  ...readCommands,
  ...writeCommands,
  ...catalogCommands,
  findAndModify,
}

const WRITES = new Set([
  ...Object.keys(writeCommands),
  ...Object.keys(catalogCommands),
  'findAndModify',
])

/** True for commands whose reply must wait until the disk has what they wrote or relied on. */
export const isWrite = (command: Doc): boolean => WRITES.has(Object.keys(command)[0] ?? '')

/** True for reads that are to show nothing which a crash could still undo. */
export const isMajorityRead = ({ readConcern }: Doc): boolean =>
  isDocument(readConcern) && readConcern.level === 'majority'

/** Commands of the real server that are known and refused; what MongoDB has not either is 59. */
const LACKING = new Set([
  ...['collMod', 'renameCollection', 'explain', 'mapReduce', 'bulkWrite', 'validate', 'compact'],
  ...['collStats', 'dbStats', 'serverStatus', 'currentOp', 'killOp', 'profile', 'startSession'],
  ...['commitTransaction', 'abortTransaction', 'saslStart', 'saslContinue', 'createUser'],
])

/** Runs one command to its end and gives the reply, be it an error: nothing is thrown. */
export function runCommand(command: Doc, context: Omit<CommandContext, 'database'>): Doc {
  try {
    const [name = ''] = Object.keys(command)
    const run = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (!run) throw unknownCommand(name)
    return { ...run(command, { ...context, database: databaseOf(command) }), ok: 1 }
  } catch (error) {
    return errorReply(error)
  }
}

function databaseOf({ $db }: Doc): string {
  if (typeof $db === 'string' && $db !== '' && !/[/\\. "$\0]/.test($db)) return $db
  throw new CommandError('InvalidNamespace', `Invalid database name: ${String($db)}`)
}

const unknownCommand = (name: string): CommandError =>
  LACKING.has(name)
    ? notImplemented(`The command ${name}`)
    : new CommandError('CommandNotFound', `no such command: '${name}'`)

/** Says it as the server does. */
export function errorReply(error: unknown): Doc {
  if (error instanceof CommandError)
    return {
      ok: 0,
      errmsg: error.message,
      code: error.code,
      codeName: error.codeName,
      ...error.details,
    }
  const errmsg = error instanceof Error ? error.message : String(error)
  return { ok: 0, errmsg, code: 8, codeName: 'UnknownError' }
}
