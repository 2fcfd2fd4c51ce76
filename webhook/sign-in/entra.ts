import { X509Certificate } from 'node:crypto'
import { ConfidentialClientApplication, type ICachePlugin } from '@azure/msal-node'
import { z } from 'zod'
import type { AddinSettings } from '../../models/wire/addin-settings.ts'
import type { ClientCredential, Config } from '../config/config.ts'
import { ProviderError } from '../errors.ts'
import { AUTHORITY_DEADLINE_MS, authorityHttp } from './authority-http.ts'
import { isMicrosoftLogin, isOfAuthority } from './clouds.ts'

export type EntraParts = {
  entra: Config['entra']
  /** Where the pane finds our API. */
  apiUrl: string
  credential: ClientCredential
}

/** Of the discovery document, what we read ourselves. `issuer` may hold `{tenantid}`. */
const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() })
export type Discovery = z.infer<typeof Discovery>

/** And what may not lead elsewhere: MSAL goes there with our credentials. */
const Addresses = Discovery.omit({ issuer: true }).extend({
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string().optional(),
})

/** How MSAL is told of the authority. */
type MsalAuthority = {
  authority: string
  knownAuthorities: string[]
  authorityMetadata?: string
  cloudDiscoveryMetadata?: string
}

/**
 * The authority as MSAL, the pane and we ourselves know it. It is asked only when somebody needs it, and again after a
 * failure, so that the service starts while it is down.
 */
export class Entra {
  readonly clientId: string
  private readonly url: URL
  private readonly credential
  private readonly documents = new Map<string, Promise<string>>()

  constructor(private readonly parts: EntraParts) {
    this.clientId = parts.entra.clientId
    this.url = new URL(parts.entra.authorityUrl)
    this.credential = credentialOptions(parts.credential)
  }

  /** A fresh client each time: MSAL's own cache grows with everybody it ever saw (reliability 1). */
  async client(
    options: { tenant?: string; cachePlugin?: ICachePlugin } = {},
  ): Promise<ConfidentialClientApplication> {
    const { tenant = this.parts.entra.tenant, cachePlugin } = options
    return new ConfidentialClientApplication({
      auth: {
        clientId: this.clientId,
        ...(await this.authority(tenant)),
        ...this.credential,
        clientCapabilities: ['CP1'], // we answer claims challenges (graph-contract 7.3)
      },
      ...(cachePlugin && { cache: { cachePlugin } }),
      system: { networkClient: authorityHttp },
    })
  }

  /** The values of the pane's `settings.json`. */
  async addinSettings(): Promise<AddinSettings> {
    const { tenant, apiScope } = this.parts.entra
    return {
      apiUrl: this.parts.apiUrl,
      clientId: this.clientId,
      scope: apiScope,
      ...(await this.authority(tenant)),
    }
  }

  /** What the authority says of itself. */
  async discovery(): Promise<Discovery> {
    return Discovery.parse(JSON.parse(await this.document(this.parts.entra.tenant)))
  }

  /** Where an administrator agrees for the whole tenant (graph-contract 7.1). */
  adminConsentUrl(tenant: string, query: Record<string, string>): string {
    const params = new URLSearchParams({ client_id: this.clientId, ...query })
    return `${this.parts.entra.authorityUrl}/${encodeURIComponent(tenant)}/v2.0/adminconsent?${params}`
  }

  /**
   * MSAL refuses an http authority, and asks Microsoft about one it does not know. So any other than Microsoft's own is
   * given an https name that nobody calls, and its metadata beforehand (house decision 8).
   */
  private async authority(tenant: string): Promise<MsalAuthority> {
    const { host } = this.url
    const authority = `https://${host}/${tenant}`
    if (isMicrosoftLogin(host)) return { authority, knownAuthorities: [] }
    return {
      authority,
      knownAuthorities: [host],
      authorityMetadata: await this.document(tenant),
      cloudDiscoveryMetadata: JSON.stringify({
        tenant_discovery_endpoint: `${authority}/v2.0/.well-known/openid-configuration`,
        metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
      }),
    }
  }

  private document(tenant: string): Promise<string> {
    const known = this.documents.get(tenant)
    if (known) return known
    const asked = this.ask(tenant)
    this.documents.set(tenant, asked)
    asked.catch(() => this.documents.delete(tenant))
    return asked
  }

  private async ask(tenant: string): Promise<string> {
    const url = `${this.parts.entra.authorityUrl}/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`
    try {
      const response = await fetch(url, {
        redirect: 'error',
        signal: AbortSignal.timeout(AUTHORITY_DEADLINE_MS),
      })
      const text = await response.text()
      this.check(JSON.parse(text))
      return text
    } catch (cause) {
      throw new ProviderError(
        'provider-unavailable',
        'later',
        'The sign-in service could not be reached. Try again in a moment.',
        { cause },
      )
    }
  }

  private check(document: unknown): void {
    Discovery.parse(document)
    const { authorityUrl } = this.parts.entra
    for (const address of Object.values(Addresses.parse(document)))
      if (address !== undefined && !isOfAuthority(authorityUrl, address))
        throw new Error('The authority names an address that is not its own.')
  }
}

function credentialOptions(credential: ClientCredential) {
  if (credential.kind === 'secret') return { clientSecret: credential.secret }
  const { certificatePem, privateKeyPem } = credential
  const thumbprintSha256 = new X509Certificate(certificatePem).fingerprint256.replaceAll(':', '')
  return { clientCertificate: { thumbprintSha256, privateKey: privateKeyPem, x5c: certificatePem } }
}
