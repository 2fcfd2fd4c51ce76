/** What is wanted of a new token. */
export type TokenOptions = {
  /** Not from a cache; the last one was refused. */
  fresh: boolean
  /** What the new one must answer: JSON, as MSAL takes it (graph-contract 7.3). */
  claims?: string
}

export type AccessToken = (options?: TokenOptions) => Promise<string>

/**
 * What a refusal asks of the next token. Continuous access evaluation says it in its challenge; without one, a new token
 * tells what holds now: the old one may be revoked, expired before its time, or older than a consent.
 */
export function wantedAfter({ headers }: Response): TokenOptions {
  const challenge = headers.get('www-authenticate') ?? ''
  if (!/\berror="insufficient_claims"/i.test(challenge)) return { fresh: true }
  const [, encoded = ''] = /\bclaims="([^"]+)"/i.exec(challenge) ?? []
  const claims = Buffer.from(encoded, 'base64').toString()
  return isJsonObject(claims) ? { fresh: true, claims } : { fresh: true }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
