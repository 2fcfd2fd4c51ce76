import { ExplainQuestion, type AccountStory, type Explanation } from '../../models/wire/explain.ts'
import type { AppContext } from '../context.ts'
import { EXIT, UsageError, type Answer } from './cli-io.ts'
import { indent, moment, paragraphs, table } from './layout.ts'
import { mailboxNamed } from './open.ts'

export type ExplainOptions = {
  id?: string
  email?: string
  messageId?: string
  from?: string
  around?: string
  within?: string
}

/** Why a message is here, or is not. */
export async function explain(
  context: AppContext,
  name: string,
  options: ExplainOptions,
): Promise<Answer> {
  const question = questionOf(options)
  const mailbox = await mailboxNamed(context, name)
  const { signal } = new AbortController()
  const explanation = await context.explainer.explain(mailbox, question, signal)
  return {
    json: explanation,
    text: explanationText(explanation),
    exit: explanation.answer === 'not-asked' ? EXIT.incomplete : EXIT.fine,
  }
}

const OPTION_OF: Record<string, string> = {
  messageId: '--id',
  emailId: '--email',
  internetMessageId: '--message-id',
  from: '--from',
  around: '--around',
  withinMinutes: '--within',
}

function questionOf({
  id,
  email,
  messageId,
  from,
  around,
  within,
}: ExplainOptions): ExplainQuestion {
  const given = {
    messageId: id,
    emailId: email,
    internetMessageId: messageId,
    from,
    around: around === undefined ? undefined : isoOf(around),
    withinMinutes: within === undefined ? undefined : Number(within),
  }
  const named = Object.entries(given).filter(([, value]) => value !== undefined)
  const read = ExplainQuestion.safeParse(Object.fromEntries(named))
  if (read.success) return read.data
  const faults = read.error.issues.flatMap(({ path: [field], message }) => {
    const option = OPTION_OF[String(field)]
    return option ? [`${option}: ${message}.`] : []
  })
  throw new UsageError(
    [
      ...faults,
      'Say which message: --id <immutable id>, or --email <id in the CRM>, or --message-id <Message-ID>, or --from <address> --around <time, such as 2026-11-20T09:00Z> [--within <minutes>].',
    ].join('\n'),
  )
}

/** What is no time stays as it is, for the schema to refuse. */
function isoOf(text: string): string {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? text : new Date(ms).toISOString()
}

function explanationText({ summary, trouble, accounts, found, more }: Explanation): string {
  return paragraphs(
    summary,
    trouble && paragraphs(trouble.sentence, trouble.todo),
    ...accounts.map(accountText),
    ...found.map(({ sentence, change, receivedAt, folder }) =>
      indent(
        table([
          ['received', moment(receivedAt)],
          ['folder', folder?.name ?? 'unknown'],
          ['why', sentence],
          ['change', change],
        ]),
      ),
    ),
    more ? 'There are more matches than these: narrow the question.' : null,
  )
}

function accountText(story: AccountStory): string {
  const facts = table([
    ['state', `${story.state} (${story.reason}), rules ${story.ruleVersion}`],
    ['why', story.sentence],
    ['change', story.change],
    ['help', story.help],
    [
      'folder',
      story.folder
        ? `${story.folder.name}${story.folder.watched ? '' : ' (not watched)'}`
        : 'unknown',
    ],
    ['received', moment(story.receivedAt)],
    ...(story.delay ? [['delay', story.delay.sentence]] : []),
    ...(story.retryAt
      ? [['again', `${moment(story.retryAt)}, after ${story.attempts} tries`]]
      : []),
  ])
  const lines = story.history.map(({ at, sentence }) => [moment(at), sentence])
  return `Message ${story.messageId}\n${indent(facts)}\n${indent(table(lines))}`
}
