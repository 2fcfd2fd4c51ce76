import { z } from 'zod'

/** Of a token for Graph: what a person agreed to, or what the app was given in the tenant. */
const Claims = z.object({ scp: z.string().optional(), roles: z.array(z.string()).optional() })

/**
 * What a token was granted, as it says itself; null when it does not: tokens for other people's APIs need not be readable.
 * For showing only, as its signature is the API's to check. Pure.
 */
export function grantedIn(accessToken: string): string[] | null {
  const [, payload, signature] = accessToken.split('.')
  if (payload === undefined || signature === undefined) return null
  try {
    const text = Buffer.from(payload, 'base64url').toString('utf8')
    const { scp, roles } = Claims.parse(JSON.parse(text))
    return [...new Set([...(scp ?? '').split(' '), ...(roles ?? [])])].filter(Boolean)
  } catch {
    return null
  }
}
