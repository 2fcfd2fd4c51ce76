import type { Request, Response } from 'express'

const NAME = 'sandbox_sign_in'

/** Cookies of localhost are seen on all its ports, hence the telling name. */
export const readSession = (request: Request): string | undefined =>
  new RegExp(`(?:^|; )${NAME}=([\\w-]+)`).exec(request.get('cookie') ?? '')?.[1]

export function writeSession(response: Response, session: string): void {
  response.cookie(NAME, session, { httpOnly: true, sameSite: 'lax' })
}

export function clearSession(response: Response): void {
  response.clearCookie(NAME, { httpOnly: true, sameSite: 'lax' })
}
