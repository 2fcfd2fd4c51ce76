import type { Doc } from '../query/values.ts'
import type { Store } from '../store/store.ts'
import type { Cursors } from './cursors.ts'

/** What a command works with: one database of the store, and the server's time when it began. */
export type CommandContext = { store: Store; cursors: Cursors; database: string; now: Date }

/** Runs to its end without a pause: that is what makes every command atomic. */
export type Command = (command: Doc, context: CommandContext) => Doc

export const namespace = (context: CommandContext, collection: string): string =>
  `${context.database}.${collection}`
