import {
  SignedErasureReport,
  SignedLifting,
  type ErasureReport,
  type Lifting,
} from '../../../models/wire/people/erasure.ts'
import { appendDurably } from '../../audit/checkpoints.ts'
import { AppError } from '../../errors.ts'
import type { StatementSigner } from '../../statement/statement-signer.ts'
import { LIFTING_TYPE, REPORT_TYPE, verifyLifting, verifyReport } from './report.ts'

export type RecordParts = {
  signer: StatementSigner
  /** Where audit checkpoints go: out of reach of whoever restores the database. Null: the log has to do. */
  file: string | null
  /** Told of each one: the log leaves the machine, too. */
  onRecorded: (signed: SignedErasureReport | SignedLifting) => void
}

/** What was given as reports cannot be used. */
export class ReportsUnreadableError extends AppError {
  readonly code = 'reports-unreadable'
  readonly retry = 'never'
}

/** Signed reports, kept outside the database, so that a backup that knows nothing of them cannot bring anybody back. */
export class ErasureRecord {
  constructor(private readonly parts: RecordParts) {}

  async report(report: ErasureReport): Promise<SignedErasureReport> {
    const signature = await this.parts.signer.signJson(REPORT_TYPE, report)
    return this.add({ report, signature })
  }

  async lifting(lifting: Lifting): Promise<SignedLifting> {
    const signature = await this.parts.signer.signJson(LIFTING_TYPE, lifting)
    return this.add({ lifting, signature })
  }

  private async add<T extends SignedErasureReport | SignedLifting>(signed: T): Promise<T> {
    const { file, onRecorded } = this.parts
    onRecorded(signed)
    if (file !== null) await appendDurably(file, `${JSON.stringify(signed)}\n`)
    return signed
  }
}

/** What is to be done again: of several reports of one erasure the last; without those that were lifted since. */
export type Recorded = { reports: ErasureReport[]; lifted: number }

/**
 * Every report in a file of checkpoints and reports, or in one that holds a single report. Each must be signed with one of
 * these keys: throws a ReportsUnreadableError that names the line, and then nothing is done.
 */
export async function readRecord(text: string, keys: unknown): Promise<Recorded> {
  const reports = new Map<string, ErasureReport>()
  const liftings: Lifting[] = []
  for (const [at, given] of documentsIn(text).entries()) {
    if (SignedErasureReport.safeParse(given).success) {
      const verdict = await verifyReport(given, keys)
      if (!verdict.isGood) throw notGenuine(at)
      reports.set(verdict.document.report.id, verdict.document.report)
    } else if (SignedLifting.safeParse(given).success) {
      const verdict = await verifyLifting(given, keys)
      if (!verdict.isGood) throw notGenuine(at)
      liftings.push(verdict.document.lifting)
    }
  }
  const all = [...reports.values()]
  const isLifted = ({ suppressed, at, workspaceId }: ErasureReport) =>
    liftings.some(
      (lifting) =>
        lifting.workspaceId === workspaceId &&
        lifting.at >= at &&
        lifting.lifted.some((key) => suppressed.includes(key)),
    )
  const standing = all.filter((report) => !isLifted(report))
  return { reports: standing, lifted: all.length - standing.length }
}

/** One document, or one a line. */
function documentsIn(text: string): unknown[] {
  const whole = parsed(text)
  if (whole !== undefined) return [whole]
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at) => {
      const document = parsed(line)
      if (document === undefined)
        throw new ReportsUnreadableError(`Line ${at + 1} of the reports cannot be read.`)
      return document
    })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const notGenuine = (at: number) =>
  new ReportsUnreadableError(
    `Line ${at + 1} of the reports was not signed by this service, or was altered. With an older ROOT_KEY: give its public keys.`,
  )
