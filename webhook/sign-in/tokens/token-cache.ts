import type { ICachePlugin } from '@azure/msal-node'
import type { KeptCache, TokenCacheStore } from '../../store/sign-in/token-cache-store.ts'

/** A sign-in meets at most a handful of refreshes; each one lost is tried again. */
const MOST_TRIES = 5

/** MSAL's cache, one sealed document for each partition; a partition is a person, or the app in a tenant. */
export class TokenCache {
  constructor(private readonly store: Pick<TokenCacheStore, 'find' | 'save'>) {}

  /** For one short-lived client: reads the partition once, and writes it when MSAL got something new. */
  plugin(partition: string): ICachePlugin {
    let found: Promise<KeptCache | null> | undefined
    const load = () => (found ??= this.store.find(partition))
    return {
      beforeCacheAccess: async (context) => {
        const text = (await load())?.text // one that cannot be opened counts as none: sign in again
        if (text) context.tokenCache.deserialize(text)
      },
      afterCacheAccess: async (context) => {
        if (!context.cacheHasChanged) return
        const seenVersion = (await load())?.version ?? 0
        // Whoever wrote in between has tokens as good as these, or a person has just come back: theirs stay.
        await this.store.save(partition, context.tokenCache.serialize(), seenVersion)
      },
    }
  }

  /** After somebody signed in: what was there before is worth nothing any more. */
  async replace(partition: string, cache: string): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const seenVersion = (await this.store.find(partition))?.version ?? 0
      if (await this.store.save(partition, cache, seenVersion)) return
    }
    throw new Error('the token cache of one person is being written all the time')
  }
}
