import { emailIdOf, type SeenEmail } from '../../store/email-store.ts'
import type { Full } from '../policies.ts'
import type { PageContext } from './page-context.ts'

export type RoomMade = {
  /** At these positions there is no room. */
  without: ReadonlySet<number>
  full: Full | null
  /** To be told how many of the others were new after all. */
  settle: (newOnes: number) => Promise<void>
}

const ENOUGH: RoomMade = { without: new Set(), full: null, settle: async () => undefined }

/**
 * Takes room for those of these e-mails that are not there yet, in their order. What a page that is repeated after a crash
 * has stored already takes none again.
 */
export async function makeRoom(context: PageContext, seen: SeenEmail[]): Promise<RoomMade> {
  const { room, rules, mailbox, clock, sightings } = context
  if (!room.isLimited || seen.length === 0) return ENOUGH
  const { workspaceId } = mailbox
  const ids = seen.map(({ identity }) => emailIdOf(workspaceId, identity))
  const there = await sightings.there(ids)
  const absent = [...new Set(ids.filter((id) => !there.has(id)))]
  if (absent.length === 0) return ENOUGH
  const of = { workspaceId, timeZone: rules.timeZone, at: clock.now() }
  const { granted, full } = await room.take(of, absent.length)
  const refused = new Set(absent.slice(granted))
  return {
    without: new Set(ids.flatMap((id, at) => (refused.has(id) ? [at] : []))),
    full,
    settle: (newOnes) => room.giveBack(of, granted - newOnes),
  }
}
