import type { ThreadMerge } from '../../models/threads/thread-merge.ts'
import type { Vault } from '../keys/vault.ts'
import { groupsOf, type Group } from './decide/groups.ts'
import { threadKeysOf, type ThreadFacts } from './decide/thread-keys.ts'
import type { NewKey, ThreadKeyStore } from './key-store.ts'
import type { ThreadMergeStore } from './merge-store.ts'
import type { Matching, PinsOnThreads } from './ports.ts'
import type { ThreadedEmails } from './threaded-emails.ts'

/** E-mails that follow by one read and one write. */
const STRETCH = 500
/** A page waits for it: what is left after so many stretches, upkeep does. */
const STRETCHES_AT_ONCE = 4
const MERGES_AT_ONCE = 200

export type ThreadsParts = {
  keys: ThreadKeyStore
  merges: ThreadMergeStore
  emails: ThreadedEmails
  pins: PinsOnThreads
  matching: Matching
  vault: Pick<Vault, 'of'>
}

/** A stored e-mail: the thread that it says it is in, and the one that its keys are in. */
export type Placed = { emailId: string; threadId: string | null; joined: string }

/**
 * Which e-mails are one conversation, whatever order they come in. Threads are joined and never parted. A crash between any
 * two writes leaves nothing behind that the next page, or the second look at a merge, does not put right.
 */
export class Threads {
  constructor(private readonly parts: ThreadsParts) {}

  /** The threads of these e-mails, in their order; made, or joined, where there is need. */
  async of(workspaceId: string, facts: ThreadFacts[]): Promise<string[]> {
    const { blind } = await this.parts.vault.of(workspaceId)
    return this.ofKeys(
      workspaceId,
      facts.map((each) => threadKeysOf(blind, each)),
    )
  }

  /**
   * After they were stored: whoever joined threads in between has not seen these e-mails, so they are looked after here.
   * One that was there before brings its thread along.
   */
  async settle(workspaceId: string, placed: Placed[]): Promise<void> {
    const { keys, emails } = this.parts
    for (let open = placed; open.length > 0;) {
      const known = open.flatMap(({ threadId, joined }) => [threadId ?? joined, joined])
      const threads = await keys.threadsOf(workspaceId, known)
      const moves = new Map<string, string[]>()
      for (const { emailId, threadId, joined } of open) {
        const [is, other] = [threads.get(threadId ?? joined), threads.get(joined) ?? joined]
        const to = is && is !== other ? await this.join(workspaceId, is, other) : other
        if (to !== threadId) moves.set(to, [...(moves.get(to) ?? []), emailId])
      }
      const all = [...moves].map(([threadId, emailIds]) => ({ threadId, emailIds }))
      if (all.length > 0) await emails.put(all)
      open = all.flatMap(({ threadId, emailIds }) =>
        emailIds.map((emailId) => ({ emailId, threadId, joined: threadId })),
      )
    }
  }

  /** Upkeep: a second look at threads that were joined. One that fails waits, and holds up no other. */
  async carryOnDue(signal: AbortSignal): Promise<void> {
    const { merges } = this.parts
    const failures: unknown[] = []
    for (const merge of await merges.due(MERGES_AT_ONCE)) {
      if (signal.aborted) return
      try {
        await this.join(merge.workspaceId, merge._id, merge.into)
        while (!signal.aborted && !(await this.follow(merge)));
        if (!signal.aborted) await merges.remove(merge)
      } catch (error) {
        failures.push(error)
        await merges.postpone(merge)
      }
    }
    if (failures.length > 0) throw failures[0]
  }

  private async ofKeys(workspaceId: string, mails: string[][]): Promise<string[]> {
    const { keys } = this.parts
    const groups = groupsOf(mails, await keys.threadsOf(workspaceId, mails.flat()))
    const isAlone = await keys.add(workspaceId, groups.flatMap(newKeysOf))
    if (!isAlone) return this.ofKeys(workspaceId, mails) // others met them first: now they are known
    const threads: string[] = []
    for (const { mails: positions, thread, others } of groups) {
      let joined = thread
      for (const other of others) joined = await this.join(workspaceId, joined, other)
      for (const position of positions) threads[position] = joined
    }
    return threads
  }

  /** Makes one of two threads; the lesser stays. The answer is the thread they are in then. */
  private async join(workspaceId: string, one: string, other: string): Promise<string> {
    const { keys, merges } = this.parts
    for (;;) {
      const now = await keys.threadsOf(workspaceId, [one, other])
      const [into = one, ended] = [...new Set(now.values())].sort()
      if (ended === undefined) return into
      const merge = { _id: ended, workspaceId, into }
      await merges.add(merge)
      if (!(await keys.join(ended, into))) continue // somebody else joined it with a third one
      await this.follow(merge)
      return into
    }
  }

  /** Brings what is still in a thread that ended to where it belongs now. False when there may be more. */
  private async follow({ workspaceId, _id }: Pick<ThreadMerge, '_id' | 'workspaceId'>) {
    const { keys, emails, pins, matching } = this.parts
    let from = _id
    let stretches = STRETCHES_AT_ONCE
    for (;;) {
      const to = (await keys.threadOf(workspaceId, from)) ?? from
      if (to === from) break // also after all was brought to one that has ended meanwhile
      while ((await emails.bring({ workspaceId, from, to }, STRETCH)) === STRETCH)
        if (--stretches === 0) return false
      await pins.follow({ workspaceId, from, to })
      from = to
    }
    const affected = { workspaceId, threadIds: [from] }
    if (await pins.areOn(workspaceId, from)) await matching.around(affected, async () => undefined)
    return true
  }
}

/** The thread's own key first: it is the root. */
const newKeysOf = ({ thread, newKeys }: Group): NewKey[] =>
  newKeys.map((_id) => ({ _id, into: _id === thread ? null : thread }))
