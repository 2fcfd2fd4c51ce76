import type { Erasure, ErasureDryRun, ErasureFigures } from '../../../models/wire/people/erasure.ts'
import { OPERATOR } from '../../audit/audit.ts'
import type { AppContext } from '../../context.ts'
import { readRecord } from '../../people/erasure/record.ts'
import { verifyReport } from '../../people/erasure/report.ts'
import { EXIT, UsageError, type Answer, type CliIo } from '../cli-io.ts'
import { figure, indent, moment, paragraphs, table } from '../layout.ts'
import { workspaceNamed, type EnvOptions } from '../open.ts'
import { keysGiven, readJson, readKeys, readText } from '../prove.ts'

export type EraseOptions = {
  workspace?: string
  dryRun?: boolean
  lift?: boolean
  replay?: string
  key?: string
}

type Telling = { tell: (line: string) => void }

/** `flowcrm erase`: takes somebody out, and says how far it is; running instances look again later. */
export async function erase(
  context: AppContext,
  addresses: string[],
  { tell, ...options }: EraseOptions & Telling,
): Promise<Answer> {
  if (options.replay) return replay(context, options.replay, { key: options.key, tell })
  if (addresses.length === 0) throw new UsageError('Say whom: flowcrm erase <address…>')
  const { erasureDesk } = context
  const workspaceId = await workspaceNamed(context, options.workspace)
  const asking = { workspaceId, who: OPERATOR }
  if (options.dryRun) return dryRunAnswer(await erasureDesk.dryRun(asking, { addresses }))
  if (options.lift) {
    const lifted = await erasureDesk.lift(asking, { addresses })
    const text = lifted > 0 ? 'Lifted: new mail comes in again.' : 'Nobody with that was erased.'
    return { json: { lifted }, text, exit: EXIT.fine }
  }
  const { id } = await erasureDesk.begin(asking, { addresses })
  const erasure = await carryOn(context, { workspaceId, id, tell })
  return { json: erasure, text: erasureText(erasure), exit: EXIT.fine }
}

/** Every erasure that a restored backup does not know of, or knows half of. */
async function replay(
  context: AppContext,
  file: string,
  { key, tell }: Telling & { key: string | undefined },
): Promise<Answer> {
  const keys = key ? readKeys(key) : await context.statements.publicKeys()
  const { reports, lifted } = await readRecord(readText(file), keys)
  const erasures: Erasure[] = []
  for (const report of reports) {
    const { workspaceId } = report
    const id = await context.erasureDesk.repeat(OPERATOR, report)
    erasures.push(await carryOn(context, { workspaceId, id, tell }))
  }
  const text = paragraphs(
    `${figure(erasures.length)} erasures done again.`,
    lifted > 0
      ? `${figure(lifted)} passed over, as they were lifted since. Is the backup older than that? Erase them by hand.`
      : null,
    ...erasures.map(erasureText),
  )
  return { json: { erasures, lifted }, text, exit: EXIT.fine }
}

async function carryOn(
  { erasureDesk }: AppContext,
  { workspaceId, id, tell }: Telling & { workspaceId: string; id: string },
): Promise<Erasure> {
  let told = -1
  return erasureDesk.carryOn({ workspaceId, who: OPERATOR }, id, {
    signal: new AbortController().signal,
    onProgress: ({ figures: { emails }, total }) => {
      if (emails !== told) tell(`${figure(emails)} of ${figure(Math.max(total, emails))} e-mails`)
      told = emails
    },
  })
}

/** Whether a report is one that this key signed. Needs no database; with `key`, no environment either. */
export async function verifyReportFile(
  io: CliIo,
  file: string,
  options: EnvOptions & { key?: string },
): Promise<Answer> {
  const verdict = await verifyReport(readJson(file), await keysGiven(options.key, io, options))
  if (!verdict.isGood) {
    const text = `NOT VALID: ${FAULTS[verdict.fault]}`
    return { json: verdict, text, exit: EXIT.incomplete }
  }
  const { report } = verdict.document
  const facts = [
    ['erasure', report.id],
    ['suppressed since', moment(report.suppressedAt)],
    ['last look', moment(report.at)],
    ['files still there', figure(report.remaining.files)],
    ['rules that name them', figure(report.remaining.rulesNaming)],
  ]
  const text = paragraphs(
    `Valid: signed with the key ${verdict.keyId}.`,
    indent(table([...facts, ...rowsOf(report.figures)])),
    report.rule,
  )
  return { json: verdict, text, exit: EXIT.fine }
}

const FAULTS = {
  'not-readable': 'This is not a report of FlowCRM that this version can read.',
  'no-such-key': 'It was signed with another key than those given.',
  'bad-signature': 'The signature is not good: it was altered, or made by somebody else.',
  altered: 'The readable part is not what was signed: it was altered afterwards.',
}

function dryRunAnswer(found: ErasureDryRun): Answer {
  const text = paragraphs(
    'This would go. Nothing was changed.',
    indent(table(rowsOf(found.figures))),
    `${figure(found.emailsOfOthersToo)} of these e-mails belong to other contacts as well.`,
    found.rulesNaming > 0
      ? `${figure(found.rulesNaming)} never-log rules name them: those are your settings, and stay.`
      : null,
  )
  return { json: found, text, exit: EXIT.fine }
}

function erasureText({ id, state, figures }: Erasure): string {
  const then = {
    running: 'Another instance carries it on.',
    waiting: 'Running instances look once more in two minutes; then there is a report.',
    done: 'Done.',
  }
  return paragraphs(`Erasure ${id}`, indent(table(rowsOf(figures))), then[state])
}

const rowsOf = (figures: ErasureFigures): string[][] => [
  ['e-mails', figure(figures.emails)],
  ['attachments', figure(figures.attachments)],
  ['accounts of messages', figure(figures.ledgerEntries)],
  ['contacts deleted', figure(figures.contactsDeleted)],
  ['contacts changed', figure(figures.contactsChanged)],
  ['suggestions', figure(figures.suggestions)],
  ['merges', figure(figures.merges)],
  ['pins', figure(figures.pins)],
  ['notes, tasks, stages, meetings', figure(figures.followUps ?? 0)],
]
