import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { OPERATOR } from '../../audit/audit.ts'
import type { AppContext } from '../../context.ts'
import { EXIT, UsageError, type Answer } from '../cli-io.ts'
import { figure } from '../layout.ts'
import { workspaceNamed } from '../open.ts'

export type ExportOptions = { workspace?: string; out?: string }

/** `flowcrm export`: all that is known of a person, into a file that only its owner reads. */
export async function exportPerson(
  context: AppContext,
  addresses: string[],
  { workspace, out }: ExportOptions,
): Promise<Answer> {
  if (addresses.length === 0) throw new UsageError('Say whom: flowcrm export <address…>')
  if (!out) throw new UsageError('Say where to: --out <file>')
  const workspaceId = await workspaceNamed(context, workspace)
  const archive = await context.exportDesk.export({ workspaceId, who: OPERATOR }, { addresses })
  const file = createWriteStream(out, { mode: 0o600 })
  await pipeline(archive, file)
  const bytes = file.bytesWritten
  const text = `${figure(bytes)} bytes written to ${out}. Look through it before it leaves the house: mail names others, too.`
  return { json: { out, bytes }, text, exit: EXIT.fine }
}
