import { mailChoices, type MailChoice } from '../../models/ending/mailbox-ending.ts'
import type { WorkspaceEnd } from '../../models/wire/ending/ending.ts'
import type { AppContext } from '../context.ts'
import { EXIT, UsageError, type Answer } from './cli-io.ts'
import { figure, indent, moment, paragraphs, table } from './layout.ts'
import { mailboxNamed, theOperator } from './open.ts'
import { mailboxText } from './status.ts'

/** `flowcrm disconnect <mailbox>`: a running instance puts away what is left. */
export async function disconnect(
  context: AppContext,
  name: string,
  { mail = 'keep' }: { mail?: string },
): Promise<Answer> {
  const choice = mailChoices.find((one): one is MailChoice => one === mail)
  if (!choice) throw new UsageError('--mail is keep or remove.')
  const mailbox = await mailboxNamed(context, name)
  const { endingDesk, mailboxDesk } = context
  const person = theOperator(mailbox)
  const shown = await mailboxDesk.overview(await endingDesk.disconnect(person, mailbox, choice))
  const sentence = 'Disconnected. A running instance puts away what is left of it.'
  return {
    text: paragraphs(sentence, mailboxText(shown)),
    json: { sentence, mailbox: shown },
    exit: EXIT.fine,
  }
}

export type EndOptions = { workspace?: string; yes?: boolean }

/** `flowcrm end-workspace`: without --yes, what would go; with it, it goes. Asked again, how far that is, signed. */
export async function endWorkspace(
  { endingDesk, workspaceKeys }: AppContext,
  { workspace, yes = false }: EndOptions,
): Promise<Answer> {
  if (!workspace || !(await workspaceKeys.workspaces()).includes(workspace))
    throw new UsageError('Say which workspace, by its tenant id: --workspace <id>')
  if (yes)
    await endingDesk.endWorkspace(theOperator({ workspaceId: workspace }), {
      workspaceId: workspace,
    })
  const signed = await endingDesk.signedEnd(workspace)
  const { report } = signed
  return {
    json: report.state === 'alive' ? report : signed,
    text: paragraphs(SENTENCES[report.state], indent(endText(report))),
    exit: report.state === 'ended' || yes ? EXIT.fine : EXIT.incomplete,
  }
}

const SENTENCES: Record<WorkspaceEnd['state'], string> = {
  alive: 'Nothing is ended. All of this would be deleted, for good; say --yes to do it.',
  stopping: 'It is ended: nothing is read any more. Its keys are destroyed in some ten minutes.',
  shredded:
    'Its keys are destroyed, and nobody can read anything any more. The rest is deleted now.',
  ended: 'It was ended, and everything it had is deleted. Its audit log stays.',
}

function endText({ workspaceId, at, endedAt, counts, deleted, keysDestroyed }: WorkspaceEnd) {
  return table([
    ['workspace', workspaceId],
    ...(at ? [['ended', moment(at)]] : []),
    ...(keysDestroyed ? [['keys destroyed', figure(keysDestroyed)]] : []),
    ...(at ? [['documents deleted', figure(deleted)]] : []),
    ...(endedAt ? [['finished', moment(endedAt)]] : []),
    ...counts.map(({ of, documents }) => [of, figure(documents)]),
  ])
}
