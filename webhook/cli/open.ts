import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Mailbox } from '../../models/mailbox.ts'
import { OPERATOR } from '../audit/audit.ts'
import { readConfig } from '../config/config.ts'
import { createContext, type AppContext } from '../context.ts'
import type { Person } from '../crm/ports.ts'
import { createLogger } from '../logger.ts'
import { UsageError, type CliIo } from './cli-io.ts'

/** Written by the sandbox while it runs. */
export const SANDBOX_ENV_FILE = '.sandbox.env'

export type EnvOptions = { sandbox?: boolean }

/** The environment the service runs in: this process's own, or the running sandbox's. */
export function environmentOf(io: CliIo, { sandbox }: EnvOptions): CliIo['env'] {
  if (!sandbox) return io.env
  try {
    return parseEnv(readFileSync(join(io.folder, SANDBOX_ENV_FILE), 'utf8'))
  } catch {
    throw new UsageError('No sandbox is running here. Start one with: npm run sandbox')
  }
}

/**
 * Opens what the service is made of, on its database, and closes it after the work. Nothing listens and no pass is made
 * here: what a command wants done it writes down, and running instances do it.
 */
export async function withContext<T>(
  io: CliIo,
  options: EnvOptions,
  work: (context: AppContext) => Promise<T>,
): Promise<T> {
  const settings = readConfig(environmentOf(io, options))
  const logger = createLogger('silent') // standard output belongs to the answer
  const context = await createContext(settings, { logger, ...io.overrides })
  try {
    return await work(context)
  } finally {
    await context.db.close()
    context.metrics.close()
  }
}

/** By id, or by address in whatever case. */
export async function mailboxNamed({ mailboxes }: AppContext, name: string): Promise<Mailbox> {
  const byId = await mailboxes.find(name)
  if (byId) return byId
  const [mailbox, ...others] = await mailboxes.withAddress(name)
  if (!mailbox)
    throw new UsageError(
      `No mailbox ${name} is connected. Those that are, are listed by: flowcrm status`,
    )
  if (others.length === 0) return mailbox
  const ids = [mailbox, ...others].map(({ _id }) => _id)
  throw new UsageError(`Several workspaces have ${name}. Give one of the ids: ${ids.join(', ')}`)
}

/** Whoever has the command line, as a person of the mailbox's workspace. */
export const theOperator = ({ workspaceId }: Pick<Mailbox, 'workspaceId'>): Person => ({
  ...{ workspaceId, userId: OPERATOR.userId, displayName: 'the operator (flowcrm)', roles: [] },
})

/** The only one there is, when none is named. */
export async function workspaceNamed(
  { workspaceKeys }: AppContext,
  name: string | undefined,
): Promise<string> {
  const all = await workspaceKeys.workspaces()
  if (name !== undefined && all.includes(name)) return name
  const [only, ...others] = all
  if (name === undefined && only !== undefined && others.length === 0) return only
  throw new UsageError(`Say which workspace: --workspace <id>. There are: ${all.join(', ')}`)
}
