import type { NamedFolder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import { MINUTE } from '../duration.ts'
import type { MailProvider, MessageDescription } from '../provider/provider.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { Reference } from './reference.ts'
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
  reference: Reference,
  signal: AbortSignal,
): Promise<InMailbox> {
  const [found, ours] = await Promise.all([
    ask(provider, reference, signal),
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
  reference: Reference,
  signal: AbortSignal,
): Promise<Found[]> {
  if (!('messageIds' in reference)) return provider.find(descriptionOf(reference), signal)
  const asked = reference.messageIds.map((id) => askById(provider, id, signal))
  return (await Promise.all(asked)).flat()
}

async function askById(
  provider: MailProvider,
  messageId: string,
  signal: AbortSignal,
): Promise<Found[]> {
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
  reference: Exclude<Reference, { messageIds: string[] }>,
): MessageDescription =>
  'from' in reference
    ? { from: reference.from, ...timeSpan(reference) }
    : { internetMessageId: reference.internetMessageId }

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
