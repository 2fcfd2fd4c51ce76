import type { NamedFolder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { FolderChoice, Mailbox as WireMailbox } from '../../models/wire/mailbox.ts'
import type { AttachmentQueue } from '../attachments/attachment-queue.ts'
import type { Clock } from '../clock.ts'
import type { CrashHook } from '../crash-points.ts'
import { BadRequestError, ForbiddenError, NotFoundError, ProviderError } from '../errors.ts'
import { mayManage } from './decide/managing.ts'
import type { MailboxDesk, Person } from './ports.ts'
import type { ProviderFolder, Providers } from '../provider/provider.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore, NewMailbox } from '../store/mailbox-store.ts'
import type { SubscriptionStore } from '../store/subscription-store.ts'
import type { Subscriptions } from '../subscriptions/subscriptions.ts'
import type { WriteAccess } from '../write-back/write-access.ts'
import { presentMailbox } from './present.ts'

export type MailboxDeskParts = {
  mailboxes: MailboxStore
  folders: FolderStore
  subscriptionStore: SubscriptionStore
  subscriptions: Subscriptions
  attachmentQueue: Pick<AttachmentQueue, 'soon'>
  writeAccess: Pick<WriteAccess, 'look'>
  providers: Providers
  clock: Clock
  crash: CrashHook
  /** How often the ids are compared. */
  reconcileMs: number
}

/** Connecting mailboxes and choosing their folders. */
export class Mailboxes implements Omit<MailboxDesk, 'chooseFolders'> {
  constructor(private readonly parts: MailboxDeskParts) {}

  /** A person's own mailbox, with the consent they just gave. Connecting again ends "reconnect needed". */
  async connectDelegated(
    person: Person & { address: string; homeAccountId: string },
  ): Promise<Mailbox> {
    const connected = await this.connect({
      workspaceId: person.workspaceId,
      providerUserId: person.userId,
      address: person.address.toLowerCase(),
      displayName: person.displayName,
      authMode: 'delegated',
      ownerUserId: person.userId,
      homeAccountId: person.homeAccountId,
    })
    if (connected.ownerUserId === person.userId) return connected
    // An admin had connected it before.
    await this.parts.mailboxes.giveTo(person.userId, connected, this.parts.clock.now())
    return { ...connected, ownerUserId: person.userId }
  }

  /** Any mailbox of the workspace, with the app's own permission; an admin's decision. */
  async connectShared(admin: Person, address: string, signal: AbortSignal): Promise<Mailbox> {
    if (!admin.roles.includes('admin'))
      throw new ForbiddenError('Only an admin can connect a mailbox with the app’s own permission.')
    const app = { workspaceId: admin.workspaceId, authMode: 'app' as const, homeAccountId: null }
    const account = await this.parts.providers
      .forMailbox({ ...app, providerUserId: address })
      .account(signal)
      .catch(notThere(address))
    return this.connect({ ...app, ...account, ownerUserId: admin.userId })
  }

  async of(person: Person): Promise<WireMailbox[]> {
    const { mailboxes } = this.parts
    const found = person.roles.includes('admin')
      ? await mailboxes.inWorkspace(person.workspaceId)
      : await mailboxes.ownedBy(person.workspaceId, person.userId)
    return Promise.all(found.map((mailbox) => this.overview(mailbox)))
  }

  /** Somebody else's mailbox is as absent as one that does not exist, and so is one that was disconnected. */
  async find(person: Person, mailboxId: string): Promise<Mailbox> {
    const mailbox = await this.parts.mailboxes.find(mailboxId)
    if (!mailbox || !mayManage(person, mailbox))
      throw new NotFoundError('There is no such mailbox.')
    return mailbox
  }

  /** The whole tree; watched folders that the mailbox no longer has come last. */
  async folderChoices(mailbox: Mailbox, signal: AbortSignal): Promise<FolderChoice[]> {
    const { tree, watched } = await this.treeOf(mailbox, signal)
    const watchedIds = new Set(watched.map(({ providerFolderId }) => providerFolderId))
    const choices = tree.map(({ providerFolderId: id, ...folder }) => ({
      ...folder,
      id,
      deleted: false,
      watched: watchedIds.has(id),
    }))
    return [...choices, ...missingFrom(tree, watched).map(deletedChoice)]
  }

  /** Exactly these are watched from now on. */
  async chooseFolders(mailbox: Mailbox, ids: string[], signal: AbortSignal): Promise<WireMailbox> {
    const { folders, subscriptions, clock, crash } = this.parts
    const { tree, watched } = await this.treeOf(mailbox, signal)
    const chosen = tree.filter(({ providerFolderId }) => ids.includes(providerFolderId))
    const kept = missingFrom(tree, watched).filter(({ providerFolderId }) =>
      ids.includes(providerFolderId),
    )
    if (chosen.length + kept.length < new Set(ids).size)
      throw new BadRequestError(
        'A chosen folder is no longer in the mailbox. Reload the folders.',
        [{ path: 'watched', message: 'names a folder that the mailbox does not have' }],
      )
    const { workspaceId, _id: mailboxId } = mailbox
    for (const { providerFolderId, displayName, totalItemCount } of chosen) {
      const place = { workspaceId, mailboxId, providerFolderId }
      await folders.watch({ ...place, displayName, totalItemCount }, clock.now())
      crash('folder-watched')
    }
    for (const folder of watched)
      if (!ids.includes(folder.providerFolderId)) {
        await folders.unwatch(folder._id)
        crash('folder-unwatched')
        await subscriptions.end(folder._id, mailbox, signal)
      }
    return this.overview(mailbox)
  }

  /** The mailbox with its folders and its light. */
  async overview(mailbox: Mailbox): Promise<WireMailbox> {
    const [folders, subscriptions] = await Promise.all([
      this.parts.folders.watchedOf(mailbox._id),
      this.parts.subscriptionStore.ofMailbox(mailbox._id),
    ])
    const { clock, reconcileMs } = this.parts
    return presentMailbox({ mailbox, folders, subscriptions, reconcileMs, now: clock.now() })
  }

  /** The tree as it is now. Names that changed are ours from now on. */
  private async treeOf(
    mailbox: Mailbox,
    signal: AbortSignal,
  ): Promise<{ tree: ProviderFolder[]; watched: NamedFolder[] }> {
    const { folders, providers } = this.parts
    const [tree, watched] = await Promise.all([
      providers.forMailbox(mailbox).folders(signal),
      folders.watchedOf(mailbox._id),
    ])
    const names = new Map(tree.map((folder) => [folder.providerFolderId, folder.displayName]))
    for (const folder of watched) {
      const name = names.get(folder.providerFolderId)
      if (name !== undefined && name !== folder.displayName) await folders.rename(folder, name)
    }
    return { tree, watched }
  }

  private async connect(mailbox: NewMailbox): Promise<Mailbox> {
    const connected = await this.parts.mailboxes.connect(mailbox)
    await this.parts.subscriptions.renewSoonOf(connected._id)
    await this.parts.folders.dueNow(connected._id, this.parts.clock.now())
    await this.parts.attachmentQueue.soon(connected.workspaceId)
    await this.parts.writeAccess.look(connected._id)
    return connected
  }
}

const missingFrom = (tree: ProviderFolder[], watched: NamedFolder[]): NamedFolder[] =>
  watched.filter(
    (folder) => !tree.some(({ providerFolderId }) => providerFolderId === folder.providerFolderId),
  )

const deletedChoice = ({ providerFolderId, displayName }: NamedFolder): FolderChoice => ({
  ...{ id: providerFolderId, displayName, depth: 0, totalItemCount: 0 },
  ...{ hidden: false, deleted: true, watched: true, suggested: false },
})

/** The provider's refusal, as the admin who asked can act on it. */
const notThere = (address: string) => (error: unknown) => {
  if (error instanceof ProviderError && isForAnAdmin(error))
    throw new ProviderError(
      'admin-consent-needed',
      'after-reconnect',
      'Microsoft 365 does not let FlowCRM open this mailbox. An administrator must agree first.',
      error.details,
    )
  if (error instanceof ProviderError && isNowhere(error))
    throw new BadRequestError('Microsoft 365 has no mailbox with this address.', [
      { path: 'address', message: `${address} is not a mailbox of this organization` },
    ])
  throw error
}

const isNowhere = ({ code }: ProviderError): boolean =>
  code === 'item-not-found' || code === 'mailbox-unavailable'

/** Refused by Graph, or unknown in the organization because nobody there has let it in yet (AADSTS700016). */
const isForAnAdmin = ({ code, details }: ProviderError): boolean =>
  code === 'access-denied' || (code === 'operator-needed' && details.providerCode === '700016')
