import type { NamedFolder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { AppContext } from '../context.ts'
import { MINUTE, SECOND } from '../duration.ts'
import { inWords } from '../explain/words.ts'
import { EXIT, UsageError, type Answer, type ExitCode } from './cli-io.ts'
import { figure, paragraphs, table } from './layout.ts'
import { mailboxNamed, theOperator } from './open.ts'
import { mailboxText } from './status.ts'

/** `tell` is given progress, line by line, while the command waits; `atMost` is how many minutes it does. */
export type WaitOptions = { wait?: boolean; atMost?: string; tell: (line: string) => void }

const LOOK_MS = SECOND
const WAIT_MINUTES = 60
/** So often in a row is no weather: waiting on is of no use. */
const FAILING_ATTEMPTS = 3

/** Asks the folders now; waiting, until each has been read to its end. */
export async function sync(
  context: AppContext,
  name: string,
  { folder: folderName, ...options }: WaitOptions & { folder?: string },
): Promise<Answer> {
  const atMostMs = patienceOf(options)
  const mailbox = await mailboxNamed(context, name)
  const chosen = await watchedFolders(context, mailbox, folderName)
  await context.queue.soon(chosen.map(({ _id }) => _id))
  const rung = await sameFolders(context, chosen)
  const seqOf = new Map(rung.map(({ _id, dirtySeq }) => [_id, dirtySeq]))
  const isDone = ({ _id, doneSeq, backfill }: NamedFolder) =>
    doneSeq >= (seqOf.get(_id) ?? 0) && backfill.finishedAt !== null
  return followed(context, { mailbox, chosen, isDone, line: progressLine, atMostMs, ...options })
}

/** Compares the folders with the mailbox now; waiting, until each has been compared. */
export async function reconcile(
  context: AppContext,
  name: string,
  options: WaitOptions,
): Promise<Answer> {
  const atMostMs = patienceOf(options)
  const mailbox = await mailboxNamed(context, name)
  const chosen = await watchedFolders(context, mailbox)
  const askedAt = context.clock.now()
  await context.mailboxControl.reconcileNow(mailbox)
  const isDone = ({ proof }: NamedFolder) => proof !== null && proof.at >= askedAt
  const line = proofLine
  const answer = await followed(context, { mailbox, chosen, isDone, line, atMostMs, ...options })
  if (!options.wait || answer.exit !== EXIT.fine) return answer
  const compared = await sameFolders(context, chosen)
  const isEqual = compared.every(({ proof }) => proof?.equal)
  return { ...answer, exit: isEqual ? EXIT.fine : EXIT.incomplete }
}

export async function pause(context: AppContext, name: string): Promise<Answer> {
  const mailbox = await mailboxNamed(context, name)
  return shown(
    context,
    await context.auditedMailboxes.pause(theOperator(mailbox), mailbox),
    EXIT.fine,
  )
}

export async function resume(context: AppContext, name: string): Promise<Answer> {
  const mailbox = await mailboxNamed(context, name)
  return shown(
    context,
    await context.auditedMailboxes.resume(theOperator(mailbox), mailbox),
    EXIT.fine,
  )
}

function patienceOf({ atMost = String(WAIT_MINUTES) }: WaitOptions): number {
  const minutes = Number(atMost)
  if (minutes > 0) return minutes * MINUTE
  throw new UsageError('--at-most takes a number of minutes, such as 5.')
}

type Following = WaitOptions & {
  atMostMs: number
  mailbox: Mailbox
  chosen: NamedFolder[]
  isDone: (folder: NamedFolder) => boolean
  line: (folder: NamedFolder, isDone: boolean) => string
}

/** The work is done by running instances; here it is looked at until it is done, or cannot be. */
async function followed(context: AppContext, following: Following): Promise<Answer> {
  const { mailbox, chosen, isDone, line, wait, tell, atMostMs } = following
  const hindrance = await hindranceOf(context, mailbox)
  if (hindrance) return shown(context, mailbox, EXIT.incomplete, hindrance)
  if (!wait) return shown(context, mailbox, EXIT.fine, 'Asked for. A running instance does it now.')
  const until = context.clock.now().getTime() + atMostMs
  let told = ''
  for (;;) {
    const folders = await sameFolders(context, chosen)
    const progress = table(
      folders.map((folder) => [folder.displayName, line(folder, isDone(folder))]),
    )
    if (progress !== told) tell(progress)
    told = progress
    if (folders.every(isDone)) return shown(context, mailbox, EXIT.fine, 'Done.')
    const stuck = (await stuckReason(context, mailbox, folders)) ?? null
    if (stuck) return shown(context, mailbox, EXIT.incomplete, stuck)
    if (context.clock.now().getTime() >= until)
      return shown(context, mailbox, EXIT.incomplete, overdue(atMostMs))
    await context.clock.sleep(LOOK_MS)
  }
}

const overdue = (waitedMs: number): string =>
  `Not done within ${inWords(waitedMs)}, and no longer waited for. Running instances go on with it: look again with flowcrm status.`

async function stuckReason(context: AppContext, { _id }: Mailbox, folders: NamedFolder[]) {
  const failing = folders.find(({ attempts }) => attempts >= FAILING_ATTEMPTS)
  if (failing)
    return `Reading ${failing.displayName} fails again and again (${failing.lastErrorCode ?? 'internal'}).`
  const mailbox = await context.mailboxes.find(_id)
  return mailbox ? hindranceOf(context, mailbox) : 'The mailbox is no longer connected.'
}

/** Why nothing would come of it; null when nothing stands in the way. */
async function hindranceOf({ heartbeat }: AppContext, mailbox: Mailbox): Promise<string | null> {
  if (mailbox.paused) return 'The mailbox is paused: it is read again after flowcrm resume.'
  if (mailbox.status !== 'connected') return 'Microsoft 365 does not let FlowCRM read this mailbox.'
  if ((await heartbeat.awake()).length === 0)
    return 'Asked for, but no instance of the service is awake: it is done when one starts.'
  return null
}

async function watchedFolders(
  { folders }: AppContext,
  { _id, address }: Mailbox,
  name?: string,
): Promise<NamedFolder[]> {
  const watched = (await folders.watchedOf(_id)).filter(({ deletedAt }) => !deletedAt)
  const chosen = name === undefined ? watched : watched.filter(isCalled(name))
  if (chosen.length > 0) return chosen
  const names = watched.map(({ displayName }) => displayName).join(', ') || 'none'
  throw new UsageError(`No such folder of ${address} is watched. Watched are: ${names}.`)
}

const isCalled = (name: string) => (folder: NamedFolder) =>
  [folder._id, folder.displayName].some((own) => own.toLowerCase() === name.toLowerCase())

const sameFolders = ({ folders }: AppContext, chosen: NamedFolder[]): Promise<NamedFolder[]> =>
  folders.findMany(chosen.map(({ _id }) => _id))

const progressLine = ({ backfill }: NamedFolder, isDone: boolean): string => {
  if (isDone) return 'up to date'
  const { done, total, finishedAt } = backfill
  if (finishedAt) return 'being asked'
  return `${figure(done)} of ${figure(Math.max(done, total))} earlier messages`
}

const proofLine = ({ proof }: NamedFolder, isDone: boolean): string => {
  if (!isDone || !proof) return 'being compared'
  const { equal, mailboxCount, missing, surplus, repaired } = proof
  const mended = repaired > 0 ? `, ${figure(repaired)} mended` : ''
  return equal
    ? `equal: ${figure(mailboxCount)} messages${mended}`
    : `NOT equal: ${figure(missing)} missing, ${figure(surplus)} in the ledger alone${mended}`
}

async function shown(
  context: AppContext,
  { _id }: Mailbox,
  exit: ExitCode,
  sentence?: string,
): Promise<Answer> {
  const mailbox = await context.mailboxDesk.overview(await mailboxNamed(context, _id))
  return { text: paragraphs(sentence, mailboxText(mailbox)), json: { sentence, mailbox }, exit }
}
