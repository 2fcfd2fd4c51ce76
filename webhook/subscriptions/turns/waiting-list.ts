import type { Folder } from '../../../models/folder.ts'
import type { Clock } from '../../clock.ts'
import type { Pace } from './pace.ts'

/** Turns are this much further apart than they could be: what cannot wait, a renewal, finds room between them. */
const SPARING = 1.25

type Place = Pick<Folder, '_id' | 'workspaceId'>

/** `last`: when the last of them has its turn, in ms. */
type Line = { last: number; turns: Map<string, number> }

/**
 * Folders that are to be subscribed later, as more of a tenant were lost at once than Graph lets anybody make at once. They are
 * read meanwhile, and no worker stands and waits for them: else mail of everybody else would. Only this instance knows; a
 * folder that it does not know gets a new place.
 */
export class WaitingList {
  private readonly lines = new Map<string, Line>()

  constructor(private readonly parts: { clock: Clock; pace: Pace }) {}

  /** When this folder may come again; null: it is its turn. */
  join({ _id, workspaceId }: Place): Date | null {
    const now = this.parts.clock.now().getTime()
    const line = this.lines.get(workspaceId)
    const promised = line?.turns.get(_id)
    if (promised !== undefined && promised > now) return new Date(promised)
    line?.turns.delete(_id)
    if (promised !== undefined) return null
    const isMoving = line !== undefined && line.last > now
    if (!isMoving && !this.parts.pace.isBusy(workspaceId)) return null
    const { turns, last } = isMoving ? line : { turns: new Map<string, number>(), last: now }
    const turn = last + Math.ceil(SPARING * this.parts.pace.gapMs)
    this.lines.set(workspaceId, { turns: turns.set(_id, turn), last: turn })
    return new Date(turn)
  }

  /** When this folder's turn comes; null: it has none to wait for. */
  turnOf({ _id, workspaceId }: Place): Date | null {
    const turn = this.lines.get(workspaceId)?.turns.get(_id)
    return turn === undefined ? null : new Date(turn)
  }
}
