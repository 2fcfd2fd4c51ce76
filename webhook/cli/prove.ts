import { readFileSync, writeFileSync } from 'node:fs'
import type { Statement } from '../../models/wire/statement.ts'
import type { AppContext } from '../context.ts'
import { readConfig } from '../config/config.ts'
import { publicKeysIn } from '../statement/public-keys.ts'
import { StatementSigner } from '../statement/statement-signer.ts'
import { verifyStatement } from '../statement/verify-statement.ts'
import { EXIT, UsageError, type Answer, type CliIo } from './cli-io.ts'
import { figure, moment, paragraphs, table } from './layout.ts'
import { environmentOf, mailboxNamed, type EnvOptions } from './open.ts'

/** The signed completeness account of a mailbox; `out` names a file to put it into. */
export async function statement(
  context: AppContext,
  name: string,
  { out }: { out?: string },
): Promise<Answer> {
  const signed = await context.statements.of(await mailboxNamed(context, name))
  if (out) writeFileSync(out, `${JSON.stringify(signed, null, 2)}\n`)
  return {
    json: signed,
    text: paragraphs(statementText(signed.statement), out && `Signed and written to ${out}.`),
    exit: signed.statement.complete ? EXIT.fine : EXIT.incomplete,
  }
}

/** The keys that statements can be checked with; public. */
export async function statementKey(io: CliIo, options: EnvOptions): Promise<Answer> {
  const keys = await keysOfEnvironment(io, options)
  return { json: keys, text: JSON.stringify(keys, null, 2), exit: EXIT.fine }
}

/** Whether a statement is one that this key signed. Needs no database; with `key`, no environment either. */
export async function verify(
  io: CliIo,
  file: string,
  options: EnvOptions & { key?: string },
): Promise<Answer> {
  const verdict = await verifyStatement(readJson(file), await keysGiven(options.key, io, options))
  if (!verdict.isGood)
    return { json: verdict, text: `NOT VALID: ${verdict.sentence}`, exit: EXIT.incomplete }
  return {
    json: verdict,
    text: paragraphs(
      `Valid: signed with the key ${verdict.keyId}.`,
      statementText(verdict.statement),
    ),
    exit: EXIT.fine,
  }
}

function statementText({ mailbox, at, complete, shortfalls, folders, ...by }: Statement): string {
  return paragraphs(
    `${mailbox.address} at ${moment(at)}: ${complete ? 'COMPLETE' : 'not complete'}`,
    shortfalls.map(({ sentence }) => `- ${sentence}`).join('\n'),
    table([
      [
        'FOLDER',
        'MAILBOX',
        'LEDGER',
        'EQUAL',
        'STORED',
        'EXCLUDED',
        'PENDING',
        'FAILED',
        'GONE',
        'COMPARED',
      ],
      ...folders.map(({ name, counts, comparison }) => [
        name,
        comparison ? figure(comparison.mailboxCount) : '-',
        comparison ? figure(comparison.ledgerCount) : '-',
        comparison ? (comparison.equal ? 'yes' : 'NO') : '-',
        ...[counts.stored, counts.excluded, counts.pending, counts.failed, counts.gone].map(figure),
        moment(comparison?.at ?? null),
      ]),
    ]),
    `By FlowCRM ${by.serviceVersion}, rules ${by.ruleVersion}.`,
  )
}

/** Those of a file, or those that follow from the root key of the environment. */
export async function keysGiven(key: string | undefined, io: CliIo, options: EnvOptions) {
  return key ? readKeys(key) : keysOfEnvironment(io, options)
}

async function keysOfEnvironment(io: CliIo, options: EnvOptions) {
  const { secrets } = readConfig(environmentOf(io, options))
  return new StatementSigner(secrets.rootKey).publicKeys()
}

export function readKeys(file: string): string {
  const text = readText(file)
  if (publicKeysIn(text).length > 0) return text
  throw new UsageError(
    `${file} holds no public key for statements: a JSON Web Key, a set of them, or PEM (Ed25519).`,
  )
}

export function readJson(file: string): unknown {
  try {
    return JSON.parse(readText(file)) as unknown
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${file} is not JSON.`)
  }
}

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`${file} cannot be read.`)
  }
}
