import { createRemoteJWKSet, type JWK, type RemoteJWKSet } from 'jose'
import { z } from 'zod'
import { HOUR, MINUTE, SECOND } from '../../duration.ts'
import { isOfAuthority } from '../../sign-in/clouds.ts'

/** Unknown key ids, forged ones too, fetch the keys no oftener than this (reliability E8). */
const COOLDOWN_MS = 5 * MINUTE
/** Withdrawn keys lose their trust. */
const KEYS_LIVE_MS = HOUR
const ANSWER_WITHIN_MS = 5 * SECOND

const Metadata = z.object({ issuer: z.string(), jwks_uri: z.url() })

/** Whose signature counts: `issuer` holds `{tenantid}` where a token's own tenant belongs. */
export type Authority = { issuer: string; jwks: RemoteJWKSet }

/** The authority as its metadata for any tenant describe it, in both versions of its tokens (graph-contract 2.4). */
export class AuthorityKeys {
  private readonly known = new Map<string, Promise<Authority>>()

  constructor(private readonly authorityUrl: string) {}

  /** Asked for once, and again after a failure. */
  of(version: '1.0' | '2.0'): Promise<Authority> {
    const known = this.known.get(version)
    if (known) return known
    const asked = this.ask(version === '2.0' ? '/v2.0' : '')
    this.known.set(version, asked)
    asked.catch(() => this.known.delete(version))
    return asked
  }

  private async ask(suffix: string): Promise<Authority> {
    const url = `${this.authorityUrl}/common${suffix}/.well-known/openid-configuration`
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
    const response = await fetch(url, { redirect: 'error', signal })
    const { issuer, jwks_uri: keysUrl } = Metadata.parse(await response.json())
    if (!isOfAuthority(this.authorityUrl, keysUrl))
      throw new Error('The authority names keys that are not its own.')
    const options = { cooldownDuration: COOLDOWN_MS, cacheMaxAge: KEYS_LIVE_MS }
    return { issuer, jwks: createRemoteJWKSet(new URL(keysUrl), options) }
  }
}

/** Entra's keys each name the issuer they may sign for (reliability 1); null when a key does not say. */
export function issuerOfKey({ jwks }: Authority, keyId: string | undefined): string | null {
  const key: (JWK & { issuer?: unknown }) | undefined = jwks
    .jwks()
    ?.keys.find(({ kid }) => kid !== undefined && kid === keyId)
  return typeof key?.issuer === 'string' ? key.issuer : null
}
