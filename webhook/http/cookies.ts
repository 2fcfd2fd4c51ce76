import type { CookieOptions, Request, Response } from 'express'

/** A cookie of ours. With https its name says that no other host or path can have set it (`__Host-`). */
export class OwnCookie {
  readonly name: string
  private readonly options: CookieOptions

  constructor(name: string, { publicUrl }: { publicUrl: string }) {
    const secure = publicUrl.startsWith('https:')
    this.name = secure ? `__Host-${name}` : name
    // Lax: the way back from the sign-in service is a navigation from another site.
    this.options = { httpOnly: true, secure, sameSite: 'lax', path: '/' }
  }

  read(request: Request): string | undefined {
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const [name, value] = pair.split('=', 2)
      if (name?.trim() === this.name) return value?.trim()
    }
    return undefined
  }

  /** Values are base64url and dots, so nothing needs encoding. */
  write(response: Response, value: string, maxAgeMs: number): void {
    response.cookie(this.name, value, { ...this.options, maxAge: maxAgeMs, encode: String })
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.options)
  }
}
