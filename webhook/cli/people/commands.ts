import type { CliIo } from '../cli-io.ts'
import type { Anywhere, Inside } from '../command.ts'
import { erase, verifyReportFile, type EraseOptions } from './erase.ts'
import { exportPerson, type ExportOptions } from './export.ts'

type Adding = { command: Anywhere; inside: Inside }

/** What people may ask for about themselves. */
export function addPeople(io: CliIo, { command, inside }: Adding): void {
  const tell = (line: string) => io.err(`${line}\n`)
  inside<EraseOptions>(
    'erase [addresses...]',
    'takes a person out for good: mail, attachments, contact, accounts of messages',
    (context, addresses, options) =>
      erase(context, addresses.filter(Boolean), { ...options, tell }),
  )
    .option('--workspace <id>', 'which workspace (tenant id), where there are several')
    .option('--dry-run', 'only say what would go')
    .option('--lift', 'let new mail of somebody who was erased come in again')
    .option('--replay <file>', 'after a backup was restored: do what these signed reports say')
    .option('--key <file>', 'with --replay: public keys from before ROOT_KEY was changed')
  inside<ExportOptions>(
    'export [addresses...]',
    'writes all that is known of a person into one archive (tar.gz)',
    (context, addresses, options) => exportPerson(context, addresses.filter(Boolean), options),
  )
    .option('--workspace <id>', 'which workspace (tenant id), where there are several')
    .option('--out <file>', 'the file to write')
  command<{ key?: string }>(
    'verify-report <file>',
    'whether the report of an erasure is genuine and unaltered',
    ([file = ''], options) => verifyReportFile(io, file, options),
  ).option('--key <file>', 'public key or key set to check with; else that of ROOT_KEY')
}
