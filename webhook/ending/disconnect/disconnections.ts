import type { Mailbox } from '../../../models/mailbox.ts'
import type { MailChoice } from '../../../models/ending/mailbox-ending.ts'
import type { Clock } from '../../clock.ts'
import { MINUTE } from '../../duration.ts'
import type { FolderStore } from '../../store/folder-store.ts'
import type { MailboxStore } from '../../store/mailbox-store.ts'
import type { StraySearchStore } from '../../store/stray-search-store.ts'
import type { Subscriptions } from '../../subscriptions/subscriptions.ts'
import { letGoOf, takeAway, type TakeAwayParts } from '../take-away.ts'
import type { ClosedAccounts } from './closed-accounts.ts'
import type { Disconnected, DisconnectionStore } from './disconnection-store.ts'
import type { ForgottenTokens } from './forgotten-tokens.ts'
import type { LeftEmails } from './left-emails.ts'

export type DisconnectionParts = Omit<TakeAwayParts, 'remember'> & {
  disconnections: DisconnectionStore
  accounts: ClosedAccounts
  leftEmails: LeftEmails
  tokens: ForgottenTokens
  mailboxes: MailboxStore
  folders: FolderStore
  subscriptions: Pick<Subscriptions, 'endAllOf'>
  straySearches: Pick<StraySearchStore, 'end'>
  clock: Clock
  onMailboxChanged: (mailboxId: string) => void
}

/** A pass that began before may still write; and so long the provider is asked to end what it has. */
export const SETTLED_MS = 10 * MINUTE
const AGAIN_MS = MINUTE
/** Whoever claimed it has put it off by so much, should they die. */
const CLAIMED_MS = 2 * MINUTE
/** Read and written at once. */
const STRETCH = 500
/** In one go of the chores: a second's work, as other chores wait for it. */
const MOST_AT_ONCE = 5_000
const MAILBOXES_AT_ONCE = 5

/**
 * Disconnecting a mailbox. It is marked, and from then on nothing is asked for it; what is left of it is put away by
 * upkeep, accounts before e-mails, so that whoever connects it again meanwhile finds each account gone or each sighting
 * there. All of it is repeatable, and goes on after a crash.
 */
export class Disconnections {
  constructor(private readonly parts: DisconnectionParts) {}

  /** Disconnecting what is disconnected changes nothing. */
  async begin({ _id, workspaceId }: Mailbox, mail: MailChoice): Promise<void> {
    const { disconnections, folders, accounts, leftEmails, clock, onMailboxChanged } = this.parts
    const at = clock.now()
    // First: should we die before the mark, it is still connected and watches nothing, and somebody asks again.
    await folders.forsake(_id)
    const total =
      (await accounts.count(_id)) + (await leftEmails.count({ workspaceId, mailboxId: _id }))
    const nothingYet = { done: 0, leaving: [], tokens: null }
    await disconnections.begin(_id, { at, mail, total, dueAt: at, ...nothingYet })
    onMailboxChanged(_id)
  }

  /** A chore: what is still to be put away. */
  async carryOnDue(signal: AbortSignal): Promise<void> {
    const { disconnections, clock, onMailboxChanged } = this.parts
    const begun = clock.now()
    for (let made = 0; made < MAILBOXES_AT_ONCE && !signal.aborted; made++) {
      const until = new Date(clock.now().getTime() + CLAIMED_MS)
      const found = await disconnections.claim(begun, until)
      if (!found) return
      const isEnough = !(await this.carryOn(found, signal))
      onMailboxChanged(found._id)
      if (isEnough) return // the rest with the next go, which is soon
    }
  }

  /** False when there is more than is done in one go. */
  private async carryOn(found: Disconnected, signal: AbortSignal): Promise<boolean> {
    const { mailboxes, disconnections, subscriptions, straySearches, clock } = this.parts
    const mailbox = await mailboxes.find(found._id)
    if (!mailbox) return true
    const now = clock.now()
    const isSettled = now.getTime() - found.ending.at.getTime() >= SETTLED_MS
    const isSilent = await subscriptions.endAllOf(mailbox, { atAnyRate: isSettled }, signal)
    if (!(await this.isPutAway(found, signal))) {
      await disconnections.save(found, { dueAt: clock.now() })
      return false
    }
    const tokens = await this.parts.tokens.seen(mailbox)
    const isLast = isSettled && isSilent && (tokens === null || tokens === found.ending.tokens)
    if (!isLast) {
      await disconnections.save(found, { tokens, dueAt: new Date(now.getTime() + AGAIN_MS) })
      return true
    }
    if (tokens !== null) await this.parts.tokens.forget(mailbox, tokens)
    await straySearches.end([found._id])
    await disconnections.finish(found)
    return true
  }

  /** False when there is more than is done in one go, or somebody connected it again. */
  private async isPutAway(found: Disconnected, signal: AbortSignal): Promise<boolean> {
    const left = await this.closeAccounts(found, signal)
    return left > 0 && (await this.letGoOfEmails(found, left, signal))
  }

  /** How much may still be done in this go. */
  private async closeAccounts(found: Disconnected, signal: AbortSignal): Promise<number> {
    const { disconnections, accounts, clock } = this.parts
    let left = MOST_AT_ONCE
    for (const folderId of await disconnections.folderIdsOf(found._id))
      for (;;) {
        if (left <= 0 || signal.aborted) return 0
        const open = await accounts.openIn(folderId, STRETCH)
        if (open.length === 0) break
        // Asked after reading: what a pass wrote for somebody who connected it again is not what was read.
        if (!(await disconnections.stands(found))) return 0
        await accounts.close(open, clock.now())
        await disconnections.advance(found, open.length)
        left -= open.length
      }
    return left
  }

  private async letGoOfEmails(
    found: Disconnected,
    atMost: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { disconnections, leftEmails } = this.parts
    const { mail, at, leaving } = found.ending
    const of = { workspaceId: found.workspaceId, mailboxId: found._id }
    const takingAway = {
      ...this.parts,
      remember: (emailIds: string[]) => disconnections.save(found, { leaving: emailIds }),
    }
    await letGoOf(takingAway, leaving)
    const open = await leftEmails.open(of, { mail, limit: atMost })
    for (let from = 0; from < open.length; from += STRETCH) {
      if (signal.aborted || !(await disconnections.stands(found))) return false
      const ids = open.slice(from, from + STRETCH)
      if (mail === 'keep') await leftEmails.keep(of, ids, at)
      else await takeAway(takingAway, of.workspaceId, await leftEmails.sightingsIn(of, ids))
      await disconnections.advance(found, ids.length)
    }
    return open.length < atMost
  }
}
