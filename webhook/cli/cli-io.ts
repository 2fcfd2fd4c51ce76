import type { Overrides } from '../context.ts'

/** What the command line meets outside: where text goes, and the environment. `overrides` is for tests. */
export type CliIo = {
  out: (text: string) => void
  err: (text: string) => void
  env: Record<string, string | undefined>
  /** Where `.sandbox.env` is. */
  folder: string
  overrides?: Overrides
}

/** Documented in docs/operations.md. */
export const EXIT = { fine: 0, incomplete: 1, usage: 2 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What a command found: for people, for programs, and for scripts. */
export type Answer = { text: string; json: unknown; exit: ExitCode }

/** The command cannot be understood, or not here: the message says what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
