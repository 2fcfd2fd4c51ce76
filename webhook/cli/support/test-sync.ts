import type { SyncTestResult, SyncTestStep } from '../../../models/wire/health/sync-test.ts'
import type { AppContext } from '../../context.ts'
import { EXIT, type Answer } from '../cli-io.ts'
import { indent, paragraphs, table } from '../layout.ts'
import { mailboxNamed, theOperator } from '../open.ts'

/** Tries each part of the way that a new mail of this mailbox takes; `tell` is given each step as it begins. */
export async function testSync(
  context: AppContext,
  name: string,
  { tell }: { tell: (line: string) => void },
): Promise<Answer> {
  const mailbox = await mailboxNamed(context, name)
  const { signal } = new AbortController()
  let result: SyncTestResult | null = null
  for await (const event of context.testSync.run(theOperator(mailbox), mailbox, signal)) {
    if (event.type === 'step-began') tell(`${event.step} …`)
    if (event.type === 'finished') result = event.result
  }
  return {
    json: result,
    text: result ? resultText(result) : '',
    exit: result?.status === 'ok' ? EXIT.fine : EXIT.incomplete,
  }
}

const VERDICTS: Record<SyncTestResult['status'], string> = {
  ok: 'Everything works.',
  warning: 'It works, and there is something to look at.',
  failed: 'It does not work.',
}

function resultText({ status, ms, steps }: SyncTestResult): string {
  return paragraphs(
    table(steps.map((step) => [step.status, step.step, `${step.ms} ms`, step.sentence])),
    ...steps.filter(({ todo }) => todo).map(todoText),
    `${VERDICTS[status]} (${ms} ms)`,
  )
}

const todoText = ({ step, todo, fault }: SyncTestStep): string =>
  `${step}${fault ? ` (${FAULTS[fault]})` : ''}\n${indent(todo ?? '')}`

const FAULTS: Record<NonNullable<SyncTestStep['fault']>, string> = {
  provider: 'Microsoft 365',
  service: 'FlowCRM',
  person: 'the mailbox’s person',
  admin: 'an administrator of the organization',
}
