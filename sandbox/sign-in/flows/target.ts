import { z } from 'zod'
import { AadstsError } from '../aadsts.ts'
import type { IssuerContext } from '../context.ts'

/** Where an answer goes: a registered redirect URI, and how it carries the answer. */
export type Target = {
  clientId: string
  redirectUri: string
  platform: 'web' | 'spa'
  mode: 'query' | 'fragment' | 'form_post'
  state?: string
}

const schema = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  response_mode: z.enum(['query', 'fragment', 'form_post']).default('query'),
  state: z.string().optional(),
})

/** Only a registered URI is ever redirected to; anything else ends on an error page (50011). */
export function findTarget(
  { app }: IssuerContext,
  params: Readonly<Record<string, unknown>>,
): Target {
  const parsed = schema.safeParse(params)
  if (!parsed.success)
    throw new AadstsError(
      900144,
      `Parameters: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}.`,
    )
  const { client_id: clientId, redirect_uri: redirectUri, response_mode: mode, state } = parsed.data
  if (clientId !== app.clientId) throw new AadstsError(700016, `Application: ${clientId}.`)
  const platform = app.platformOf(redirectUri)
  if (!platform) throw new AadstsError(50011, `Redirect URI: ${redirectUri}.`)
  return { clientId, redirectUri, platform, mode, ...(state !== undefined && { state }) }
}

/** The URL that brings the answer back. A form post has none: the page at the redirect URI gets a form. */
export function answerUrl(
  { redirectUri, mode, state }: Target,
  answer: Record<string, string>,
): string {
  if (mode === 'form_post')
    throw new Error('response_mode=form_post answers with a form, not with a URL')
  const params = new URLSearchParams({ ...answer, ...(state !== undefined && { state }) })
  if (mode === 'fragment') return `${redirectUri}#${params}`
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${params}`
}
