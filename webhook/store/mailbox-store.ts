import type { Connection } from 'mongoose'
import {
  mailboxModel,
  type Mailbox,
  type MailboxSettings,
  type SharingChoice,
  type StoredMailbox,
} from '../../models/mailbox.ts'
import { DAY } from '../duration.ts'
import { idOf } from '../keys/ids.ts'
import type { Vault } from '../keys/vault.ts'
import type { Blind, WorkspaceKeys } from '../keys/workspace-keys.ts'
import { statusFor, type Trouble } from '../sign-in/decide/trouble.ts'
import { createOnce } from './duplicate.ts'

export type NewMailbox = Pick<
  Mailbox,
  | 'workspaceId'
  | 'providerUserId'
  | 'address'
  | 'displayName'
  | 'authMode'
  | 'ownerUserId'
  | 'homeAccountId'
>

/** A mailbox that somebody must free is looked at again this often. */
const RECHECK_MS = DAY

/** What ends every trouble. A refusal of the credential before it, told late, changes nothing any more. */
const good = {
  $set: { status: 'connected' as const, trouble: null, recheckAt: null },
  $inc: { credentialSeq: 1 },
}

const nameOf = (id: string) => ({ collection: 'mailboxes', id })

const addressKeyOf = (blind: Blind, address: string) => blind('address', address.toLowerCase())

/** Connected mailboxes. */
export class MailboxStore {
  private readonly mailboxes
  private readonly vault: Vault

  constructor({ db, vault }: { db: Connection; vault: Vault }) {
    this.mailboxes = mailboxModel(db)
    this.vault = vault
  }

  /** Connects a mailbox, or connects it again: its credential is good from now on. One that was being put away stays. */
  async connect(mailbox: NewMailbox): Promise<Mailbox> {
    const _id = idOf('mailbox', mailbox.workspaceId, mailbox.providerUserId)
    const status = 'connected' as const
    const { authMode, homeAccountId } = mailbox
    const { address, displayName, ...clear } = mailbox
    const keys = await this.vault.of(mailbox.workspaceId)
    const sealed = keys.seal(nameOf(_id), { address, displayName })
    const addressKey = addressKeyOf(keys.blind, address)
    const stored = { ...clear, _id, status, addressKey, sealed }
    if (!(await createOnce(() => this.mailboxes.create(stored))))
      await this.mailboxes.updateOne(
        { _id },
        { ...good, $set: { ...good.$set, authMode, homeAccountId, ending: null } },
      )
    return this.get(_id)
  }

  async find(_id: string): Promise<Mailbox | null> {
    const found = await this.mailboxes.findOne({ _id }).lean()
    return found && opened(await this.vault.of(found.workspaceId), found)
  }

  async findMany(ids: string[]): Promise<Mailbox[]> {
    if (ids.length === 0) return []
    return this.opened(await this.mailboxes.find({ _id: { $in: ids } }).lean())
  }

  /** In whatever workspace: for those who run the service. */
  async everywhere(): Promise<Mailbox[]> {
    return byAddress(await this.listed(await this.mailboxes.find().lean()))
  }

  /** As `everywhere`, in whatever case: each workspace has its own key for it. */
  async withAddress(address: string): Promise<Mailbox[]> {
    const workspaceIds: string[] = await this.mailboxes.distinct('workspaceId')
    const keys = [...(await this.vault.ofEach(workspaceIds)).values()]
    const named = keys.map(({ workspaceId, blind }) => ({
      ...{ workspaceId, addressKey: addressKeyOf(blind, address) },
    }))
    if (named.length === 0) return []
    return this.listed(await this.mailboxes.find({ $or: named }).lean())
  }

  async ownedBy(workspaceId: string, ownerUserId: string): Promise<Mailbox[]> {
    return byAddress(
      await this.listed(await this.mailboxes.find({ workspaceId, ownerUserId }).lean()),
    )
  }

  async inWorkspace(workspaceId: string): Promise<Mailbox[]> {
    return byAddress(await this.listed(await this.mailboxes.find({ workspaceId }).lean()))
  }

  /** Those with one of these addresses, in whatever case: one account can have two records. */
  async namesakes(workspaceId: string, addresses: string[]): Promise<Mailbox[]> {
    const { blind } = await this.vault.of(workspaceId)
    const keys = addresses.map((address) => addressKeyOf(blind, address))
    return this.listed(await this.mailboxes.find({ workspaceId, addressKey: { $in: keys } }).lean())
  }

  /** What those mailboxes share that share something, by their id. A disconnected one shares nothing. */
  async sharingIn(workspaceId: string): Promise<Map<string, SharingChoice>> {
    const found = await this.mailboxes
      .find({
        ...{ workspaceId, status: { $ne: 'disconnected' } },
        'settings.sharing': { $in: ['full', 'subject', 'metadata'] },
      })
      .select({ 'settings.sharing': 1 })
      .lean()
    return new Map(found.map(({ _id, settings }) => [_id, settings.sharing ?? 'private']))
  }

  /**
   * The provider refused the credential that `mailbox`, as it was read before the call, had: nothing more is asked for
   * it. Changes nothing when it was connected again meanwhile.
   */
  async refused(
    mailbox: Pick<Mailbox, '_id' | 'credentialSeq' | 'trouble'>,
    { action, code }: Trouble,
    now: Date,
  ): Promise<void> {
    const status = statusFor(action)
    const isSame = mailbox.trouble?.action === action && mailbox.trouble.code === code
    const since = isSame ? mailbox.trouble?.since : now
    const recheckAt = status === 'blocked' ? new Date(now.getTime() + RECHECK_MS) : null
    await this.mailboxes.updateOne(
      { _id: mailbox._id, credentialSeq: mailbox.credentialSeq },
      { $set: { status, trouble: { action, code, since }, recheckAt } },
    )
  }

  /** A blocked mailbox can be read again. */
  async recovered(_id: string): Promise<void> {
    await this.mailboxes.updateOne({ _id, status: 'blocked' }, good)
  }

  /** It may not be written to; reading it is another matter. `since` is when that was found first. */
  async writeRefused(_id: string, code: string, since: Date): Promise<void> {
    await this.mailboxes.updateOne(
      { _id, 'writeRefused.code': { $ne: code } },
      { $set: { writeRefused: { code, since } } },
    )
  }

  async mayBeWritten(_id: string): Promise<void> {
    await this.mailboxes.updateOne({ _id }, { $set: { writeRefused: null } })
  }

  async dueForRecheck(now: Date, most: number): Promise<Mailbox[]> {
    return this.opened(
      await this.mailboxes
        .find({ status: 'blocked', recheckAt: { $lte: now } })
        .sort({ recheckAt: 1 })
        .limit(most)
        .lean(),
    )
  }

  /** Puts the next look off; only one of several instances wins, so that the provider is asked once. */
  async postponeRecheck({ _id, recheckAt }: Mailbox, until: Date): Promise<boolean> {
    const { modifiedCount } = await this.mailboxes.updateOne(
      { _id, status: 'blocked', recheckAt },
      { $set: { recheckAt: until } },
    )
    return modifiedCount === 1
  }

  /** Whoever runs FlowCRM has just started it: perhaps with a better secret. */
  async recheckOperatorTroubles(now: Date): Promise<void> {
    await this.mailboxes.updateMany(
      { status: 'blocked', 'trouble.action': 'operator' },
      { $set: { recheckAt: now } },
    )
  }

  async saveSettings(_id: string, settings: MailboxSettings): Promise<Mailbox> {
    await this.mailboxes.updateOne({ _id }, { $set: { settings } })
    return this.get(_id)
  }

  /** Null: it goes on. Pausing what is paused changes nothing. */
  async pause(_id: string, paused: Mailbox['paused']): Promise<Mailbox> {
    if (paused) await this.stop(_id, paused)
    else await this.mailboxes.updateOne({ _id }, { $set: { paused } })
    return this.get(_id)
  }

  /** It is this person's own: they own it from now on, and what was seen in it is handed over to them. */
  async giveTo(ownerUserId: string, { _id, ownerUserId: from }: Mailbox, now: Date): Promise<void> {
    await this.mailboxes.updateOne(
      { _id, ownerUserId: from },
      { $set: { ownerUserId, handover: { from, at: now } } },
    )
  }

  async handingOver(): Promise<Mailbox[]> {
    return this.opened(await this.mailboxes.find({ 'handover.at': { $gt: new Date(0) } }).lean())
  }

  /** All of it is theirs; unless it changed hands again meanwhile. */
  async handedOver(_id: string, { at }: { at: Date }): Promise<void> {
    await this.mailboxes.updateOne({ _id, 'handover.at': at }, { $set: { handover: null } })
  }

  /** Connected mailboxes whose folders are to be looked at again. */
  async dueForFolderLook(now: Date, most: number): Promise<Mailbox[]> {
    return this.opened(
      await this.mailboxes
        .find({ status: 'connected', folderLookAt: { $lte: now } })
        .sort({ folderLookAt: 1 })
        .limit(most)
        .lean(),
    )
  }

  /** As `postponeRecheck`, of the look at its folders. */
  async postponeFolderLook({ _id, folderLookAt }: Mailbox, until: Date): Promise<boolean> {
    const { modifiedCount } = await this.mailboxes.updateOne(
      { _id, folderLookAt },
      { $set: { folderLookAt: until } },
    )
    return modifiedCount === 1
  }

  private async stop(_id: string, { at, byName }: NonNullable<Mailbox['paused']>): Promise<void> {
    const found = await this.mailboxes.findOne({ _id }).lean()
    if (!found) return
    const keys = await this.vault.of(found.workspaceId)
    const { pausedBy: by } = keys.sealMore(nameOf(_id), found.sealed, { pausedBy: byName })
    await this.mailboxes.updateOne({ _id, paused: null }, { $set: { paused: { at, by } } })
  }

  /** Without those of which only the record is left. */
  private listed(found: StoredMailbox[]): Promise<Mailbox[]> {
    return this.opened(
      found.filter(({ status, ending }) => status !== 'disconnected' || ending !== null),
    )
  }

  private async opened(found: StoredMailbox[]): Promise<Mailbox[]> {
    const keys = await this.vault.ofEach(found.map(({ workspaceId }) => workspaceId))
    return found.flatMap((mailbox) => {
      const own = keys.get(mailbox.workspaceId)
      return own ? [opened(own, mailbox)] : []
    })
  }

  private async get(_id: string): Promise<Mailbox> {
    const mailbox = await this.find(_id)
    if (!mailbox) throw new Error('a mailbox vanished')
    return mailbox
  }
}

function opened(keys: WorkspaceKeys, stored: StoredMailbox): Mailbox {
  const { addressKey: _key, sealed, paused, ...clear } = stored
  const open = keys.opener(nameOf(stored._id), sealed)
  return {
    ...clear,
    address: open('address', sealed.fields.address),
    displayName: open('displayName', sealed.fields.displayName),
    paused: paused && { at: paused.at, byName: open('pausedBy', paused.by) },
  }
}

const byAddress = (mailboxes: Mailbox[]): Mailbox[] =>
  mailboxes.sort((one, other) => one.address.localeCompare(other.address))
