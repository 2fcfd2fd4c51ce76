import { createWriteStream, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { AuditVerdict, SignedCheckpoint } from '../../models/wire/audit.ts'
import { OPERATOR } from '../audit/audit.ts'
import { readCheckpoints } from '../audit/checkpoints.ts'
import { ExportFormat, linesOf } from '../audit/export-formats.ts'
import type { AppContext } from '../context.ts'
import { EXIT, UsageError, type Answer } from './cli-io.ts'
import { figure, indent, paragraphs, table } from './layout.ts'

export type AuditOptions = {
  workspace?: string
  checkpoint?: string
  key?: string
  format?: string
  out?: string
}

/** `flowcrm audit <what>`. */
export async function audit(
  context: AppContext,
  what: string,
  options: AuditOptions,
): Promise<Answer> {
  if (what === 'checkpoint') return checkpoint(context, options)
  if (what === 'verify') return verify(context, options)
  if (what === 'export') return exportAudit(context, options)
  throw new UsageError('Say what to do with the audit log: checkpoint, verify or export.')
}

/** Signs the head of every chain, or of one, and puts it where checkpoints go. */
async function checkpoint(context: AppContext, options: AuditOptions): Promise<Answer> {
  const taken: SignedCheckpoint[] = []
  for (const workspaceId of await chosen(context, options))
    taken.push(await context.checkpoints.take(workspaceId))
  const lines = taken.map((signed) => JSON.stringify(signed))
  return { json: taken, text: lines.join('\n') || NO_CHAIN, exit: EXIT.fine }
}

/** Walks every chain, or one, and holds the checkpoints of a file against them. */
async function verify(context: AppContext, options: AuditOptions): Promise<Answer> {
  const checkpoints = options.checkpoint ? readCheckpoints(readText(options.checkpoint)) : []
  const keysBefore = options.key ? readText(options.key) : null
  const named = checkpoints.map((signed) => signed.checkpoint.workspaceId)
  const workspaces = new Set([
    ...(await chosen(context, options)),
    ...(options.workspace ? [] : named), // a chain that is gone altogether has nothing else to tell of it
  ])
  const verdicts: AuditVerdict[] = []
  for (const workspaceId of workspaces) {
    const own = checkpoints.filter((signed) => signed.checkpoint.workspaceId === workspaceId)
    verdicts.push(await context.auditDesk.verify(workspaceId, own, keysBefore))
  }
  return {
    json: verdicts,
    text: verdicts.map(verdictText).join('\n\n') || NO_CHAIN,
    exit: verdicts.every(({ isGood }) => isGood) ? EXIT.fine : EXIT.incomplete,
  }
}

/** The log of one workspace, into a file. */
async function exportAudit(context: AppContext, options: AuditOptions): Promise<Answer> {
  const format = ExportFormat.safeParse(options.format ?? 'jsonl').data
  if (!format) throw new UsageError('--format is jsonl or csv.')
  const { out } = options
  if (!out) throw new UsageError('Say where to: --out <file>')
  const [workspaceId, ...others] = await chosen(context, options)
  if (workspaceId === undefined || others.length > 0)
    throw new UsageError('Say which workspace: --workspace <id>')
  const records = await context.auditDesk.export(workspaceId, {}, { who: OPERATOR, format })
  let entries = format === 'csv' ? -1 : 0 // a CSV begins with its columns
  const counted = async function* () {
    for await (const line of linesOf(records, format)) {
      entries++
      yield line
    }
  }
  await pipeline(Readable.from(counted()), createWriteStream(out, { mode: 0o600 }))
  const text = `${figure(entries)} entries written to ${out}.`
  return { json: { workspaceId, entries, out }, text, exit: EXIT.fine }
}

const NO_CHAIN = 'Nothing was ever written into the audit log.'

async function chosen({ audits }: AppContext, { workspace }: AuditOptions): Promise<string[]> {
  return workspace ? [workspace] : audits.workspaces()
}

function verdictText({ workspaceId, isGood, entries, head, checkpoints, faults }: AuditVerdict) {
  const facts = table([
    ['entries', figure(entries)],
    ['head', head.hash || 'none'],
    ['checkpoints', `${checkpoints} held against it`],
  ])
  return paragraphs(
    `${workspaceId}: ${isGood ? 'GOOD' : 'NOT AS IT WAS WRITTEN'}`,
    indent(facts),
    indent(faults.map(({ fault, sentence }) => `${fault}: ${sentence}`).join('\n')),
  )
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`${file} cannot be read.`)
  }
}
