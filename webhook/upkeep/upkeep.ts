import type { Chore } from '../sync/housekeeping.ts'
import { finishHandovers, type HandoverParts } from './finish-handovers.ts'
import { lookAtFolders, type FolderLookParts } from './look-at-folders.ts'
import { recheckBlocked, type RecheckParts } from './recheck-blocked.ts'

export type UpkeepParts = RecheckParts & FolderLookParts & HandoverParts

/** What keeps mailboxes in order though nobody asks. */
export function upkeepChores(parts: UpkeepParts): Chore[] {
  let justStarted = true
  return [
    async (signal) => {
      if (justStarted) await parts.mailboxes.recheckOperatorTroubles(parts.clock.now())
      justStarted = false
      await recheckBlocked(parts, signal)
    },
    (signal) => lookAtFolders(parts, signal),
    (signal) => finishHandovers(parts, signal),
  ]
}
