import { createPublicKey, type KeyObject } from 'node:crypto'
import { flowCrm } from '../directory.ts'

export type RedirectUris = { web: string[]; spa: string[] }

/** A registered certificate: msal sends only a thumbprint (hexadecimal), SHA-256 or the older SHA-1. */
export type Certificate = { thumbprintSha256?: string; thumbprint?: string; publicKeyPem: string }

type KnownCertificate = { thumbprints: string[]; publicKey: KeyObject }

/** The app registration of FlowCRM, with what an operator may change in it. */
export class RegisteredApp {
  readonly clientId = flowCrm.clientId
  readonly name = flowCrm.name
  readonly homeTenantId = flowCrm.homeTenantId
  /** False makes `common` and `organizations` answer 50194. */
  multiTenant = true

  private readonly web = new Set<string>()
  private readonly spa = new Set<string>()
  private readonly secrets = new Map<string, { expiresAt?: Date }>([[flowCrm.secret, {}]])
  private certificates: KnownCertificate[] = []

  constructor(redirectUris: RedirectUris) {
    this.addRedirectUris(redirectUris)
  }

  addRedirectUris({ web = [], spa = [] }: Partial<RedirectUris>): void {
    for (const uri of web) this.web.add(assertUrl(uri))
    for (const uri of spa) this.spa.add(assertUrl(uri))
  }

  /** Exact match only, as Entra does; undefined when it is not registered. */
  platformOf(redirectUri: string): 'web' | 'spa' | undefined {
    if (this.spa.has(redirectUri)) return 'spa'
    return this.web.has(redirectUri) ? 'web' : undefined
  }

  /** Whether a page of this origin is part of the app: only such pages may call the token endpoint. */
  hasSpaOrigin(origin: string): boolean {
    // Broker URIs (brk-multihub://) have the opaque origin "null", which any sandboxed frame has too.
    return origin !== 'null' && [...this.spa].some((uri) => new URL(uri).origin === origin)
  }

  addSecret(secret: string): void {
    this.secrets.set(secret, {})
  }

  expireSecret(secret: string, at: Date): void {
    this.secrets.set(secret, { expiresAt: at })
  }

  judgeSecret(secret: string, now: Date): 'good' | 'expired' | 'wrong' {
    const known = this.secrets.get(secret)
    if (!known) return 'wrong'
    return known.expiresAt && known.expiresAt <= now ? 'expired' : 'good'
  }

  addCertificate({ thumbprintSha256, thumbprint, publicKeyPem }: Certificate): void {
    const thumbprints = [thumbprintSha256, thumbprint]
      .filter((hex) => hex !== undefined)
      .map((hex) => Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url'))
    this.certificates.push({ thumbprints, publicKey: createPublicKey(publicKeyPem) })
  }

  /** By the base64url thumbprint of a token's header. */
  certificateKey(thumbprint: string): KeyObject | undefined {
    return this.certificates.find(({ thumbprints }) => thumbprints.includes(thumbprint))?.publicKey
  }
}

function assertUrl(uri: string): string {
  if (!URL.canParse(uri)) throw new Error(`not a redirect URI: ${uri}`)
  return uri
}
