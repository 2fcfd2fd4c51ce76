import type { Command } from 'commander'
import type { AppContext } from '../context.ts'
import type { Answer } from './cli-io.ts'
import type { EnvOptions } from './open.ts'

/** What every command can be told. */
export type Shared = EnvOptions & { json?: boolean }

/** Makes a command that needs the service's database. */
export type Inside = <O extends object>(
  usage: string,
  about: string,
  find: (context: AppContext, args: [string, ...string[]], options: O & Shared) => Promise<Answer>,
) => Command

/** Makes one that needs nothing. */
export type Anywhere = <O extends object>(
  usage: string,
  about: string,
  find: (args: string[], options: O & Shared) => Promise<Answer>,
) => Command
