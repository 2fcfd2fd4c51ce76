import type { Clock } from '../clock.ts'
import type { Config, Secrets } from '../config/config.ts'
import type { TokenCacheStore } from '../store/sign-in/token-cache-store.ts'
import { ApiTokens, type Admit } from './api-tokens.ts'
import { graphResourceOf } from './clouds.ts'
import { Entra } from './entra.ts'
import { MailTokens } from './tokens/mail-tokens.ts'
import { Sealer } from './sealed.ts'
import { SignInFlow } from './sign-in-flow.ts'
import { TokenCache } from './tokens/token-cache.ts'

export type SignInParts = {
  config: Config
  secrets: Secrets
  clock: Clock
  admit: Admit
  store: TokenCacheStore
}

/** Everything about who people are and what FlowCRM may ask for them, put together in reading order. */
export function openSignIn({ config, secrets, clock, admit, store }: SignInParts) {
  const { publicUrl } = config
  const entra = new Entra({
    entra: config.entra,
    apiUrl: publicUrl,
    credential: secrets.clientCredential,
  })
  const graphResource = graphResourceOf(config.graphUrl)
  const tokenCache = new TokenCache(store)
  const sealer = new Sealer(secrets.rootKey, 'sign-in-attempt')
  return {
    entra,
    mailTokens: new MailTokens({ entra, tokenCache, graphResource, clock }),
    signIn: new SignInFlow({ entra, sealer, tokenCache, clock, publicUrl, graphResource, admit }),
    apiTokens: new ApiTokens({ entra, clock, admit }),
  }
}
