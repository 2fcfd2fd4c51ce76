import {
  BrowserCacheLocation,
  createNestablePublicClientApplication,
  createStandardPublicClientApplication,
  InteractionRequiredAuthError,
  type AccountInfo,
  type Configuration,
  type IPublicClientApplication,
} from '@azure/msal-browser'
import type { AddinSettings } from '../../models/wire/addin-settings.ts'
import { toSignInError } from './refusal.ts'
import { rememberedAccount, type RememberedAccount } from './remembered-account.ts'
import type { Tokens, Who } from './tokens.ts'

/** Long enough to find a phone and type a code; meanwhile the person may start again. */
const POPUP_TIMEOUT_MS = 5 * 60_000

export type MsalOptions = {
  settings: AddinSettings
  /** Outlook hands out tokens itself (outlook-addin 3.2). */
  nested: boolean
  mailboxAddress: string
}

/** Tokens by MSAL: nested in Outlook where it can, else by a window with the redirect bridge. Rejects with a SignInError. */
export async function createMsalTokens(options: MsalOptions): Promise<Tokens> {
  const create = options.nested
    ? createNestablePublicClientApplication
    : createStandardPublicClientApplication
  const app = await create(configurationOf(options.settings)).catch(rethrow)
  return new MsalTokens(app, options, rememberedAccount(sessionStorage, options.mailboxAddress))
}

class MsalTokens implements Tokens {
  readonly #app: IPublicClientApplication
  readonly #options: MsalOptions
  readonly #remembered: RememberedAccount

  constructor(app: IPublicClientApplication, options: MsalOptions, remembered: RememberedAccount) {
    this.#app = app
    this.#options = options
    this.#remembered = remembered
  }

  async silent(): Promise<string | null> {
    const account = this.#account()
    // Without an account only Outlook itself could know who this is.
    if (!account && !this.#options.nested) return null
    const request = { ...this.#request(), ...(account ? { account } : {}) }
    try {
      return (await this.#app.acquireTokenSilent(request)).accessToken
    } catch (error) {
      if (error instanceof InteractionRequiredAuthError) return null
      throw toSignInError(error)
    }
  }

  async signIn(who: Who = 'owner'): Promise<string> {
    const request = {
      ...this.#request(),
      ...(who === 'anybody'
        ? { prompt: 'select_account' }
        : { loginHint: this.#options.mailboxAddress }),
      // A window left open or closed unseen must not lock the button.
      overrideInteractionInProgress: true,
    }
    const result = await this.#app.acquireTokenPopup(request).catch(rethrow)
    this.#remembered.set(result.account.homeAccountId)
    return result.accessToken
  }

  #request() {
    return { scopes: [this.#options.settings.scope] }
  }

  #account(): AccountInfo | undefined {
    const id = this.#remembered.get()
    return this.#app.getAllAccounts().find(({ homeAccountId }) => homeAccountId === id)
  }
}

function configurationOf(settings: AddinSettings): Configuration {
  const { clientId, authority, knownAuthorities } = settings
  return {
    auth: {
      clientId,
      authority,
      knownAuthorities,
      redirectUri: `${window.location.origin}/auth-redirect.html`,
      ...(settings.authorityMetadata ? { authorityMetadata: settings.authorityMetadata } : {}),
      ...(settings.cloudDiscoveryMetadata
        ? { cloudDiscoveryMetadata: settings.cloudDiscoveryMetadata }
        : {}),
    },
    // Not localStorage: MSAL keeps its key for that in a cookie, and the pane uses none.
    cache: { cacheLocation: BrowserCacheLocation.SessionStorage },
    system: { popupBridgeTimeout: POPUP_TIMEOUT_MS },
  }
}

function rethrow(error: unknown): never {
  throw toSignInError(error)
}
