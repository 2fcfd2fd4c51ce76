import type { NamedFolder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { ExplainQuestion } from '../../models/wire/explain.ts'
import { MINUTE } from '../duration.ts'
import type { MailProvider, MessageDescription } from '../provider/provider.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { FoundPlace } from './story.ts'

type Found = { messageId: string; providerFolderId: string | null; receivedAt: Date | null }

export type InMailbox = {
  places: FoundPlace[]
  /** Our folders among those places. */
  watchedFolderIds: string[]
}

/** Asks the mailbox itself where such messages lie. */
export async function findInMailbox(
  {
    provider,
    folders,
    mailbox,
  }: { provider: MailProvider; folders: FolderStore; mailbox: Mailbox },
  question: ExplainQuestion,
  signal: AbortSignal,
): Promise<InMailbox> {
  const [found, ours] = await Promise.all([
    ask(provider, question, signal),
    folders.watchedByProviderId(mailbox._id),
  ])
  const elsewhere = [...new Set(found.flatMap(({ providerFolderId }) => providerFolderId ?? []))]
    .filter((id) => !ours.has(id))
    .map(async (id) => [id, (await provider.folder(id, signal))?.displayName] as const)
  const names = new Map(await Promise.all(elsewhere))
  return {
    places: found.map((each) => placeOf(each, ours, names)),
    watchedFolderIds: found.flatMap(
      ({ providerFolderId }) => ours.get(providerFolderId ?? '')?._id ?? [],
    ),
  }
}

async function ask(
  provider: MailProvider,
  question: ExplainQuestion,
  signal: AbortSignal,
): Promise<Found[]> {
  if (!('messageId' in question)) return provider.find(descriptionOf(question), signal)
  const { messageId } = question
  const answer = await provider.message(messageId, signal)
  if (!answer) return []
  if (answer.kind !== 'present') return [{ messageId, providerFolderId: null, receivedAt: null }]
  // By the immutable id, whichever of its ids was asked for.
  const { messageId: immutableId, providerFolderId, receivedAt } = answer.message
  return [{ messageId: immutableId, providerFolderId, receivedAt }]
}

/** `withinMinutes` on either side. */
export function timeSpan(question: { around: string; withinMinutes: number }) {
  const around = Date.parse(question.around)
  const withinMs = question.withinMinutes * MINUTE
  return { receivedFrom: new Date(around - withinMs), receivedTo: new Date(around + withinMs) }
}

const descriptionOf = (
  question: Exclude<ExplainQuestion, { messageId: string }>,
): MessageDescription =>
  'from' in question
    ? { from: question.from, ...timeSpan(question) }
    : { internetMessageId: question.internetMessageId }

function placeOf(
  { messageId, providerFolderId, receivedAt }: Found,
  ours: ReadonlyMap<string, NamedFolder>,
  names: ReadonlyMap<string, string | undefined>,
): FoundPlace {
  const own = ours.get(providerFolderId ?? '')
  const name = own?.displayName ?? names.get(providerFolderId ?? '')
  return {
    messageId,
    receivedAt: receivedAt?.toISOString() ?? null,
    folder: name === undefined ? null : { name, watched: own !== undefined },
    backfill: own && !own.backfill.finishedAt ? own.backfill : null,
  }
}
