import { Command, CommanderError } from 'commander'
import type { AppContext } from '../context.ts'
import { AppError, ConfigError } from '../errors.ts'
import { isStoreDown } from '../store/store-down.ts'
import { SERVICE_VERSION } from '../version.ts'
import * as act from './act.ts'
import { audit, type AuditOptions } from './audit.ts'
import { EXIT, UsageError, type Answer, type CliIo, type ExitCode } from './cli-io.ts'
import { disconnect, endWorkspace, type EndOptions } from './ending.ts'
import type { Anywhere, Inside, Shared } from './command.ts'
import { explain, type ExplainOptions } from './explain.ts'
import { keys } from './keys.ts'
import { withContext } from './open.ts'
import { addPeople } from './people/commands.ts'
import { statement, statementKey, verify } from './prove.ts'
import { status } from './status.ts'
import { testSync } from './support/test-sync.ts'

const EXIT_CODES = `
Exit codes: 0 fine; 1 not complete, not valid, or it could not be done; 2 not understood.`

/** Runs one command line. The answer is the exit code. */
export async function runCli(args: string[], io: CliIo): Promise<ExitCode> {
  const run: { exit: ExitCode } = { exit: EXIT.fine }
  try {
    await createProgram(io, (exit) => (run.exit = exit)).parseAsync(args, { from: 'user' })
    return run.exit
  } catch (error) {
    return failed(error, io)
  }
}

function createProgram(io: CliIo, onExit: (exit: ExitCode) => void): Command {
  const program = new Command('flowcrm')
    .description(
      'Looks into a FlowCRM service and asks things of it, beside its running instances.',
    )
    .version(SERVICE_VERSION)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .addHelpText('after', EXIT_CODES)

  /** A command with the options that all have; what it finds goes out as text, or with --json as JSON. */
  const command = <O extends object>(
    usage: string,
    about: string,
    find: (args: string[], options: O & Shared) => Promise<Answer>,
  ): Command => {
    const made = program.command(usage).description(about)
    made.option('--json', 'answer with one JSON document')
    made.option('--sandbox', 'look into the sandbox that runs in this folder')
    return made.action(async () => {
      const options = made.opts<O & Shared>()
      const { text, json, exit } = await find(made.args, options)
      io.out(`${options.json ? JSON.stringify(json, null, 2) : text}\n`)
      onExit(exit)
    })
  }

  /** One that needs the service's database. */
  const inside = <O extends object>(
    usage: string,
    about: string,
    find: (
      context: AppContext,
      args: [string, ...string[]],
      options: O & Shared,
    ) => Promise<Answer>,
  ): Command =>
    command<O>(usage, about, ([first = '', ...rest], options) =>
      withContext(io, options, (context) => find(context, [first, ...rest], options)),
    )

  addAsking(inside)
  addProving(io, { command, inside })
  addAudit(inside)
  addPeople(io, { command, inside })
  addKeys(io, inside)
  addActing(io, inside)
  addEnding(inside)
  return program
}

function addAsking(inside: Inside): void {
  inside('status [mailbox]', 'how the mailboxes are, or everything about one', (context, [name]) =>
    status(context, name || undefined),
  )
  inside<ExplainOptions>(
    'explain <mailbox>',
    'why a message is here, or is not',
    (context, [name], options) => explain(context, name, options),
  )
    .option('--id <id>', 'by its immutable id')
    .option('--email <id>', 'an e-mail of the CRM, by its id there')
    .option('--message-id <id>', 'by its Message-ID')
    .option('--from <address>', 'by its sender, with --around')
    .option('--around <time>', 'about when it was received')
    .option('--within <minutes>', 'how far from that time (60)')
}

function addProving(io: CliIo, { command, inside }: { command: Anywhere; inside: Inside }): void {
  inside<{ out?: string }>(
    'statement <mailbox>',
    'the signed account of completeness',
    (context, [name], options) => statement(context, name, options),
  ).option('--out <file>', 'write the signed document into a file')
  command<{ key?: string }>(
    'verify-statement <file>',
    'whether a statement is genuine and unaltered',
    ([file = ''], options) => verify(io, file, options),
  ).option('--key <file>', 'public key or key set to check with; else that of ROOT_KEY')
  command('statement-key', 'the public key that statements are checked with', (_args, options) =>
    statementKey(io, options),
  )
}

function addAudit(inside: Inside): void {
  inside<AuditOptions>(
    'audit <what>',
    'the audit log: checkpoint (signs its head), verify (walks it), export (into a file)',
    (context, [what], options) => audit(context, what, options),
  )
    .option('--workspace <id>', 'only this workspace (tenant id)')
    .option('--checkpoint <file>', 'verify: hold these checkpoints against it')
    .option('--key <file>', 'verify: also public keys from before ROOT_KEY was changed')
    .option('--format <format>', 'export: jsonl or csv (jsonl)')
    .option('--out <file>', 'export: the file to write')
}

function addKeys(io: CliIo, inside: Inside): void {
  const tell = (line: string) => io.err(`${line}\n`)
  inside(
    'keys <what> [workspace]',
    'keys: status; rotate <workspace> (a new version, everything moved to it); root (a new ROOT_KEY)',
    (context, args) => keys(context, args, { tell }),
  )
}

const AT_MOST = 'with --wait: how long (60); not done by then, it ends with 1'

function addActing(io: CliIo, inside: Inside): void {
  const tell = (line: string) => io.err(`${line}\n`)
  inside<{ folder?: string; wait?: boolean; atMost?: string }>(
    'sync <mailbox>',
    'asks Microsoft 365 for changes now',
    (context, [name], options) => act.sync(context, name, { ...options, tell }),
  )
    .option('--folder <name>', 'only this folder, by name or id')
    .option('--wait', 'show progress until it is done')
    .option('--at-most <minutes>', AT_MOST)
  inside<{ wait?: boolean; atMost?: string }>(
    'reconcile <mailbox>',
    'compares ledger and mailbox now',
    (context, [name], options) => act.reconcile(context, name, { ...options, tell }),
  )
    .option('--wait', 'show progress until it is done')
    .option('--at-most <minutes>', AT_MOST)
  inside('test-sync <mailbox>', 'tries each part of the way that mail takes', (context, [name]) =>
    testSync(context, name, { tell }),
  )
  inside('pause <mailbox>', 'stops reading; nothing is lost meanwhile', (context, [name]) =>
    act.pause(context, name),
  )
  inside('resume <mailbox>', 'goes on reading', (context, [name]) => act.resume(context, name))
}

function addEnding(inside: Inside): void {
  inside<{ mail?: string }>(
    'disconnect <mailbox>',
    'disconnects a mailbox, for as long as nobody connects it again',
    (context, [name], options) => disconnect(context, name, options),
  ).option('--mail <choice>', 'what nobody else has seen: keep (for its owner) or remove (keep)')
  inside<EndOptions>(
    'end-workspace',
    'ends a workspace and deletes all it has, for good; asked again, the signed account of it',
    (context, _args, options) => endWorkspace(context, options),
  )
    .option('--workspace <id>', 'which one (tenant id)')
    .option('--yes', 'do it; without, it is only said what would go')
}

/** Why there is no answer, in words; foreign messages can quote anything and stay inside. */
function failed(error: unknown, io: CliIo): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage
  if (isStoreDown(error)) io.err('The database does not answer.\n')
  else if (error instanceof UsageError || error instanceof AppError) io.err(`${error.message}\n`)
  else io.err(`This failed: ${error instanceof Error ? error.name : typeof error}\n`)
  return error instanceof UsageError || error instanceof ConfigError ? EXIT.usage : EXIT.incomplete
}
