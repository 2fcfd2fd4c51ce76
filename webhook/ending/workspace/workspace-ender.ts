import type { Connection, Model } from 'mongoose'
import type { WorkspaceEnding } from '../../../models/ending/workspace-ending.ts'
import { sessionModel } from '../../../models/sign-in/session.ts'
import { tokenCacheModel } from '../../../models/sign-in/token-cache.ts'
import type { Clock } from '../../clock.ts'
import { MINUTE } from '../../duration.ts'
import type { Vault } from '../../keys/vault.ts'
import type { FolderStore } from '../../store/folder-store.ts'
import type { MailboxStore } from '../../store/mailbox-store.ts'
import type { StraySearchStore } from '../../store/stray-search-store.ts'
import type { WorkspaceKeyStore } from '../../store/workspace-key-store.ts'
import type { Subscriptions } from '../../subscriptions/subscriptions.ts'
import { SETTLED_MS } from '../disconnect/disconnections.ts'
import type { DisconnectionStore } from '../disconnect/disconnection-store.ts'
import { deleteDocuments, dropWork } from './workspace-documents.ts'
import type { WorkspaceEndingStore } from './workspace-ending-store.ts'

export type WorkspaceEnderParts = {
  db: Connection
  endings: WorkspaceEndingStore
  disconnections: DisconnectionStore
  mailboxes: MailboxStore
  folders: FolderStore
  subscriptions: Pick<Subscriptions, 'endAllOf'>
  straySearches: Pick<StraySearchStore, 'end'>
  workspaceKeys: WorkspaceKeyStore
  vault: Vault
  clock: Clock
}

const AGAIN_MS = MINUTE
/** Whoever claimed it has put it off by so much, should they die. */
const CLAIMED_MS = 2 * MINUTE
/** By then every instance has forgotten the keys (keys/vault.ts), and writes nothing more. */
const FORGOTTEN_MS = 2 * MINUTE
/** In one go of the chores: a second's work or two, as renewals wait for it. */
const MOST_AT_ONCE = 10_000

/**
 * Carries out the end of workspaces, which people have asked for (ending-desk.ts). Everything comes to rest first; then the
 * keys are destroyed, and with that moment nobody can read anything any more; then what is left is deleted.
 */
export class WorkspaceEnder {
  constructor(private readonly parts: WorkspaceEnderParts) {}

  /** A chore: the workspace whose end has waited longest. */
  async carryOnDue(signal: AbortSignal): Promise<void> {
    const { endings, clock } = this.parts
    const now = clock.now()
    const found = await endings.claim(now, new Date(now.getTime() + CLAIMED_MS))
    if (!found) return
    if (found.state === 'stopping') await this.stop(found, signal)
    else await this.sweep(found, signal)
  }

  /** Sessions at once; passes and whoever was just coming in within the time that they may take. */
  private async stop({ _id, at }: WorkspaceEnding, signal: AbortSignal): Promise<void> {
    const { db, endings, clock } = this.parts
    const isSettled = clock.now().getTime() - at.getTime() >= SETTLED_MS
    await this.drop(sessionModel(db), _id)
    const isSilent = await this.silence(_id, isSettled, signal)
    if (!isSettled || !isSilent)
      return endings.save(_id, { dueAt: new Date(clock.now().getTime() + AGAIN_MS) })
    await this.drop(tokenCacheModel(db), _id)
    await endings.advance(_id, await dropWork(db, _id))
    await this.shred(_id)
  }

  private async drop<T>({ collection }: Pick<Model<T>, 'collection'>, workspaceId: string) {
    const { deletedCount } = await collection.deleteMany({ workspaceId })
    await this.parts.endings.advance(workspaceId, deletedCount)
  }

  /** No pass, and no bell. True when nothing rings any more. */
  private async silence(workspaceId: string, atAnyRate: boolean, signal: AbortSignal) {
    const { disconnections, mailboxes, folders, subscriptions, straySearches } = this.parts
    const ids = await disconnections.stopAll(workspaceId)
    for (const id of ids) await folders.forsake(id)
    let isSilent = true
    for (const mailbox of await mailboxes.findMany(ids))
      if (!(await subscriptions.endAllOf(mailbox, { atAnyRate }, signal))) isSilent = false
    await straySearches.end(ids)
    return isSilent
  }

  /** For good. The records of the keys stay, so that no new ones are made. */
  private async shred(workspaceId: string): Promise<void> {
    const { workspaceKeys, vault, endings, clock } = this.parts
    const all = await workspaceKeys.ofWorkspace(workspaceId)
    const now = clock.now()
    await workspaceKeys.destroy(
      all.map(({ _id }) => _id),
      now,
    )
    vault.forget(workspaceId)
    const dueAt = new Date(now.getTime() + FORGOTTEN_MS)
    await endings.save(workspaceId, { state: 'shredded', keysDestroyed: all.length, dueAt })
  }

  private async sweep({ _id }: WorkspaceEnding, signal: AbortSignal): Promise<void> {
    const { db, endings, clock } = this.parts
    let left = MOST_AT_ONCE
    for await (const count of deleteDocuments(db, _id)) {
      await endings.advance(_id, count)
      left -= count
      if (left <= 0 || signal.aborted) return endings.save(_id, { dueAt: clock.now() })
    }
    await endings.finish(_id, clock.now())
  }
}
