import type { ICachePlugin } from '@azure/msal-node'
import type { SealedCache, TokenCacheStore } from '../store/token-cache-store.ts'
import { SealBrokenError, type Sealer } from './sealed.ts'

/** A sign-in meets at most a handful of refreshes; each one lost is tried again. */
const MOST_TRIES = 5

/** MSAL's cache, one sealed document for each partition; a partition is a person, or the app in a tenant. */
export class TokenCache {
  constructor(private readonly parts: { store: TokenCacheStore; sealer: Sealer }) {}

  /** For one short-lived client: reads the partition once, and writes it when MSAL got something new. */
  plugin(partition: string): ICachePlugin {
    let found: Promise<SealedCache | null> | undefined
    const load = () => (found ??= this.parts.store.find(partition))
    return {
      beforeCacheAccess: async (context) => {
        const cache = await load()
        const text = cache && this.open(cache.sealed, partition)
        if (text) context.tokenCache.deserialize(text)
      },
      afterCacheAccess: async (context) => {
        if (!context.cacheHasChanged) return
        const seenVersion = (await load())?.version ?? 0
        const sealed = this.parts.sealer.seal(context.tokenCache.serialize(), partition)
        // Whoever wrote in between has tokens as good as these, or a person has just come back: theirs stay.
        await this.parts.store.save(partition, sealed, seenVersion)
      },
    }
  }

  /** After somebody signed in: what was there before is worth nothing any more. */
  async replace(partition: string, cache: string): Promise<void> {
    const sealed = this.parts.sealer.seal(cache, partition)
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const seenVersion = (await this.parts.store.find(partition))?.version ?? 0
      if (await this.parts.store.save(partition, sealed, seenVersion)) return
    }
    throw new Error('the token cache of one person is being written all the time')
  }

  /** A cache under another root key, or moved here from another partition, counts as none: sign in again. */
  private open(sealed: string, partition: string): string | null {
    try {
      return this.parts.sealer.open(sealed, partition)
    } catch (error) {
      if (error instanceof SealBrokenError) return null
      throw error
    }
  }
}
