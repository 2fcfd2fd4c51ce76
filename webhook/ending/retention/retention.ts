import type { RetentionRun } from '../../../models/ending/retention-run.ts'
import type { RetentionPreview, RetentionQuestion } from '../../../models/wire/ending/ending.ts'
import { SYSTEM, type Audit } from '../../audit/audit.ts'
import type { Clock } from '../../clock.ts'
import { DAY, HOUR, MINUTE } from '../../duration.ts'
import type { Vault } from '../../keys/vault.ts'
import type { RuleBook } from '../../rules/rule-book.ts'
import { keptSince } from '../../sync/decide/verdict.ts'
import { letGoOf, takeAway, type TakeAwayParts } from '../take-away.ts'
import type { ExpiredAccounts } from './expired-accounts.ts'
import type { RetentionStore } from './retention-store.ts'

export type RetentionParts = Omit<TakeAwayParts, 'remember'> & {
  retentions: RetentionStore
  expiredAccounts: ExpiredAccounts
  policies: Pick<RuleBook, 'workspaceRules'>
  workspaceKeys: { workspaces(): Promise<string[]> }
  vault: Pick<Vault, 'ofEach'>
  audit: Audit
  clock: Clock
}

/** What is past its time is gone within this, and what a run takes. */
const EVERY_MS = HOUR
const LOOK_EVERY_MS = 10 * MINUTE
/** Whoever claimed it has put it off by so much, should they die. */
const CLAIMED_MS = 2 * MINUTE
const STRETCH = 500
/** In one go of the chores: a second's work, as renewals wait for it. */
const MOST_AT_ONCE = 5_000

/** Removes mail that is older than its workspace keeps any: e-mails, what hangs on them, and what the ledger says. */
export class Retention {
  private lookAt = 0

  constructor(private readonly parts: RetentionParts) {}

  /** A chore: every workspace that keeps mail for a time, once an hour. */
  async carryOnDue(signal: AbortSignal): Promise<void> {
    const { workspaceKeys, vault, clock } = this.parts
    const now = clock.now().getTime()
    if (now < this.lookAt) return
    const alive = await vault.ofEach(await workspaceKeys.workspaces())
    let isUnfinished = false
    for (const workspaceId of alive.keys()) {
      if (signal.aborted) return
      if (!(await this.carryOn(workspaceId, signal))) isUnfinished = true
    }
    this.lookAt = isUnfinished ? now : now + LOOK_EVERY_MS
  }

  /** What keeping mail for so long would remove now. */
  async preview(
    workspaceId: string,
    { retentionDays }: RetentionQuestion,
  ): Promise<RetentionPreview> {
    const { retentions, clock } = this.parts
    const before = new Date(clock.now().getTime() - retentionDays * DAY)
    const emails = await retentions.count(workspaceId, before)
    const of = await retentions.count(workspaceId)
    return { retentionDays, before: before.toISOString(), emails, of }
  }

  /** False when there is more to do at once. */
  private async carryOn(workspaceId: string, signal: AbortSignal): Promise<boolean> {
    const { retentions, policies, clock } = this.parts
    const { rules } = await policies.workspaceRules(workspaceId)
    const now = clock.now()
    const since = keptSince(rules.retentionDays ?? null, now)
    if (since === null) {
      await retentions.lift(workspaceId)
      return true
    }
    const run = await retentions.claim(workspaceId, now, new Date(now.getTime() + CLAIMED_MS))
    if (!run) return true
    await letGoOf(this.takingAway(workspaceId), run.leaving)
    const cutoff = run.cutoff && run.cutoff < since ? run.cutoff : since // a longer time holds at once
    const isBegun = run.cutoff !== null || (await this.begin(workspaceId, cutoff))
    if (isBegun && !(await this.remove({ ...run, cutoff }, signal))) {
      await retentions.save(workspaceId, { dueAt: clock.now() })
      return false
    }
    const dueAt = new Date(clock.now().getTime() + EVERY_MS)
    await retentions.save(workspaceId, { cutoff: null, done: 0, total: 0, dueAt })
    return true
  }

  /** Written down before the first e-mail goes, once for each run; false: nothing is past its time. */
  private async begin(workspaceId: string, cutoff: Date): Promise<boolean> {
    const { retentions, audit } = this.parts
    const total = await retentions.count(workspaceId, cutoff)
    if (total === 0) return false
    await audit.write({
      ...{ workspaceId, who: SYSTEM, action: 'retention-applied' },
      object: { kind: 'workspace', id: workspaceId },
      details: { receivedBefore: cutoff.toISOString(), emails: total },
    })
    await retentions.save(workspaceId, { cutoff, total, done: 0 })
    return true
  }

  /** False when there is more than is done in one go. The ledger first, so that no comparison misses an e-mail. */
  private async remove(run: RetentionRun & { cutoff: Date }, signal: AbortSignal) {
    const { retentions, expiredAccounts, clock } = this.parts
    const { workspaceId, cutoff } = run
    let done = 0
    while (done < MOST_AT_ONCE) {
      if (signal.aborted) return false
      const expired = await retentions.expired(workspaceId, cutoff, STRETCH)
      if (expired.length === 0) return true
      await expiredAccounts.leaveOut(expired, clock.now())
      const withdrawals = expired.flatMap((one) => one.withdrawals)
      const removed = await takeAway(this.takingAway(workspaceId), workspaceId, withdrawals)
      if (removed === 0) return true // others store the same ones just now; the next run has them
      done += removed
      await retentions.save(workspaceId, { done: run.done + done })
    }
    return false
  }

  private takingAway(workspaceId: string): TakeAwayParts {
    const remember = (leaving: string[]) => this.parts.retentions.save(workspaceId, { leaving })
    return { ...this.parts, remember }
  }
}
