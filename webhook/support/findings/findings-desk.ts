import type { NamedFolder } from '../../../models/folder.ts'
import type { Mailbox } from '../../../models/mailbox.ts'
import type { Finding, Findings } from '../../../models/wire/health/findings.ts'
import type { Clock } from '../../clock.ts'
import type { Person } from '../../crm/ports.ts'
import type { FolderStore } from '../../store/folder-store.ts'
import type { MailboxStore } from '../../store/mailbox-store.ts'
import type { SubscriptionStore } from '../../store/subscription-store.ts'
import { mayBeAsked } from '../../subscriptions/decide/fate.ts'
import type { RecentAccounts } from '../recent-accounts.ts'
import type { Found } from './decide/found.ts'
import { notAnnouncedIn } from './decide/not-announced.ts'
import { overlapsOf, type Connection } from './decide/overlap.ts'
import { silenceIn } from './decide/silence.ts'
import { worstFirst } from './decide/worst-first.ts'

/** Enough to see whether the latest of each folder was announced. */
const LATEST = 20

export type FindingsParts = {
  mailboxes: MailboxStore
  folders: FolderStore
  subscriptionStore: SubscriptionStore
  recentAccounts: RecentAccounts
  clock: Clock
}

/**
 * Silence and overlap, out of what is durable anyway: nothing is written for it, and nothing asked of the provider. A
 * mailbox that is paused, or whose credential is not good, is not read: that is what its light says.
 */
export class FindingsDesk {
  constructor(private readonly parts: FindingsParts) {}

  /** Of the person's own mailboxes; for an administrator of all. */
  async of(person: Person): Promise<Findings> {
    const now = this.parts.clock.now()
    const seen = await this.connectionsOf(await this.mailboxesOf(person))
    const all = [...seen, ...(await this.relatives(person, seen))]
    const shown = new Set(seen.map(({ mailbox }) => mailbox._id))
    const isShown = ({ _id }: Mailbox) => shown.has(_id)
    const found = worstFirst([
      ...overlapsOf(all, isShown),
      ...seen.flatMap(({ folders }) => folders.flatMap((one) => silenceIn(one, now) ?? [])),
      ...(await this.notAnnounced(seen, now)),
    ])
    return { at: now.toISOString(), findings: withNames(found, seen) }
  }

  private async mailboxesOf({ workspaceId, userId, roles }: Person): Promise<Mailbox[]> {
    const { mailboxes } = this.parts
    return roles.includes('admin')
      ? mailboxes.inWorkspace(workspaceId)
      : mailboxes.ownedBy(workspaceId, userId)
  }

  private async connectionsOf(mailboxes: Mailbox[]): Promise<Connection[]> {
    const read = mailboxes.filter(mayBeAsked)
    const folders = new Map<string, NamedFolder[]>(read.map(({ _id }) => [_id, []]))
    for (const folder of await this.parts.folders.watchedIn([...folders.keys()]))
      if (!folder.deletedAt) folders.get(folder.mailboxId)?.push(folder)
    return read.map((mailbox) => ({ mailbox, folders: folders.get(mailbox._id) ?? [] }))
  }

  /** Connections of others that may be to the same mailboxes; an administrator has seen them all. */
  private async relatives(person: Person, seen: Connection[]): Promise<Connection[]> {
    if (person.roles.includes('admin') || seen.length === 0) return []
    const { mailboxes, folders } = this.parts
    const { workspaceId } = person
    const folderIds = seen.flatMap((one) => one.folders.map((each) => each.providerFolderId))
    const [namesakes, watchers] = await Promise.all([
      mailboxes.namesakes(
        workspaceId,
        seen.map(({ mailbox }) => mailbox.address),
      ),
      folders.watchersOf(workspaceId, folderIds),
    ])
    const known = new Set(seen.map(({ mailbox }) => mailbox._id))
    const others = [...namesakes, ...(await mailboxes.findMany(watchers))]
    const byId = new Map(others.map((mailbox) => [mailbox._id, mailbox]))
    return this.connectionsOf([...byId.values()].filter(({ _id }) => !known.has(_id)))
  }

  private async notAnnounced(seen: Connection[], now: Date): Promise<Found[]> {
    const { subscriptionStore, recentAccounts } = this.parts
    const inRealTime = seen.filter(({ mailbox }) => mailbox.settings.pollEveryMinutes === null)
    const folderIds = inRealTime.flatMap(({ folders }) => folders.map(({ _id }) => _id))
    const subscriptions = await subscriptionStore.ofFolders(folderIds)
    const found = await Promise.all(
      inRealTime.map(async ({ mailbox, folders }) => {
        if (folders.length === 0) return []
        const accounts = await recentAccounts.of(mailbox, LATEST)
        return folders.flatMap((folder) => {
          const subscription = subscriptions.get(folder._id) ?? null
          return notAnnouncedIn({ folder, subscription, accounts, now }) ?? []
        })
      }),
    )
    return found.flat()
  }
}

function withNames(found: Found[], seen: Connection[]): Finding[] {
  const mailboxes = new Map(seen.map(({ mailbox }) => [mailbox._id, mailbox]))
  const folders = new Map<string, NamedFolder>(
    seen.flatMap((one) => one.folders.map((folder) => [folder._id, folder] as const)),
  )
  return found.flatMap(({ mailboxId, folderId, since, askedAt, ...rest }) => {
    const mailbox = mailboxes.get(mailboxId)
    if (!mailbox) return []
    const { _id: id, address, displayName } = mailbox
    return {
      ...rest,
      mailbox: { id, address, displayName },
      folderName: folders.get(folderId ?? '')?.displayName ?? null,
      since: since?.toISOString() ?? null,
      askedAt: askedAt?.toISOString() ?? null,
    }
  })
}
