import type { Mailbox } from '../../models/mailbox.ts'
import type { Limit, WorkspaceFacts } from './decide/verdict.ts'
import type { Correspondence } from './decide/parties/parties.ts'
import type { Rules } from './decide/rules.ts'

/** What a pass asks about the rules of a mailbox and the people in its mail; webhook/rules/rule-book.ts answers. */
export type Policies = {
  /** As they are now: read anew for each page. */
  rulesOf(mailbox: Mailbox): Promise<Rules>
  /** What the rules need to know of everybody whom these messages name. */
  factsFor(
    mailbox: Mailbox,
    rules: Rules,
    messages: readonly Correspondence[],
  ): Promise<Omit<WorkspaceFacts, 'limit'>>
  /** Those of these Message-IDs that the mailbox's owner has logged by hand. */
  loggedByHand(
    mailbox: Mailbox,
    internetMessageIds: readonly string[],
  ): Promise<ReadonlySet<string>>
  /** What was chosen for mail that was written in this mailbox, by the ids that the mail carries. */
  chosen(mailbox: Mailbox, choiceIds: readonly string[]): Promise<ReadonlyMap<string, Chosen>>
}

/** For one message, before it was sent: to be logged as if by hand, to be tracked. */
export type Chosen = { log: boolean; track: boolean }

/** Why there is no more room, with figures for people. */
export type Full = { limit: Limit; most: number; used: number; tryAgainAt: Date }

/** Whose room, and of which day: that of `at` in the time zone. */
export type RoomFor = { workspaceId: string; timeZone: string; at: Date }

/** What a pass asks about the limits of the plan; webhook/limits/room.ts answers. */
export type Room = {
  /** False: nothing need be asked. */
  isLimited: boolean
  /** Takes room for so many new e-mails; `granted` is for how many there is. Exact, however many ask at once. */
  take(of: RoomFor, count: number): Promise<{ granted: number; full: Full | null }>
  /** How much there is, with nothing taken; where there is none, why. */
  left(of: RoomFor): Promise<{ left: number; full: Full | null }>
  /** What was taken and not used. */
  giveBack(of: RoomFor, count: number): Promise<void>
  /** E-mails that were removed make room in the store, and none in the day. */
  removed(workspaceId: string, count: number): Promise<void>
}

/** A plan without limits. */
export const endlessRoom: Room = {
  isLimited: false,
  take: async (_of, count) => ({ granted: count, full: null }),
  left: async () => ({ left: Infinity, full: null }),
  giveBack: async () => undefined,
  removed: async () => undefined,
}
