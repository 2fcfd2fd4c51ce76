import type { Random } from '../../random.ts'
import { GraphFault } from '../errors.ts'

/** One client's series of rounds over one folder. */
type Chain = { place: string; highest: number; lowest: number }

/** Which delta tokens still stand. Old generations fall out of a cache as newer links are followed (graph-contract 3.3). */
export class SyncStates {
  private readonly chains = new Map<string, Chain>()

  constructor(
    private readonly random: Random,
    private readonly kept: () => number,
  ) {}

  begin(userId: string, place: string): { chain: string; generation: number } {
    const chain = this.random.guid()
    this.chains.set(chain, { place: placeOf(userId, place), highest: 1, lowest: 1 })
    return { chain, generation: 1 }
  }

  /**
   * The generation that follows this token's. Each page makes one, so links of a round just walked die behind the walker
   * (microsoft-graph-docs#2162, cited in graph-contract 3.3); following one link twice makes only one.
   */
  advance(chain: string, generation: number): number {
    const state = this.chains.get(chain)
    if (!state) return generation
    state.highest = Math.max(state.highest, generation + 1)
    state.lowest = Math.max(state.lowest, state.highest - this.kept() + 1)
    return generation + 1
  }

  /** Throws 410 SyncStateNotFound, worded as it was observed (graph-contract 3.3), for a token that no longer stands. */
  check(
    userId: string,
    place: string,
    { chain, generation }: { chain: string; generation: number },
  ): void {
    const state = this.chains.get(chain)
    if (state && state.place === placeOf(userId, place) && generation >= state.lowest) return
    const highest = state?.highest ?? 0
    const count = Math.max(0, highest - (state?.lowest ?? 1) + 1)
    const kept = Array.from({ length: count }, (_, index) => `[${highest - index}]`).join('')
    const message = `The sync state generation is not found; generation=${generation};[highest=${highest}]${kept}.`
    throw new GraphFault(410, 'SyncStateNotFound', message)
  }

  /** Forgets all tokens of a folder, as a cache under pressure does. `folderId` is `mailFolders` for the folder delta. */
  killDeltaTokens(userId: string, folderId: string): void {
    for (const state of this.chains.values()) {
      if (state.place === placeOf(userId, folderId)) state.lowest = state.highest + 1
    }
  }
}

const placeOf = (userId: string, folderId: string) => `${userId} ${folderId}`
