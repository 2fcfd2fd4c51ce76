import type { FullItem } from '../outlook-mail.ts'

/** What the host page tells office.js about the open item; the body is asked for by itself, as in Outlook. */
export type HostItem = Omit<FullItem, 'id' | 'bodyHtml' | 'preview'> & {
  /** In EWS form, as desktop and web give it (outlook-addin 2.5). */
  itemId: string
}

export type ThemeColours = Pick<
  Office.OfficeTheme,
  | 'bodyBackgroundColor'
  | 'bodyForegroundColor'
  | 'controlBackgroundColor'
  | 'controlForegroundColor'
>

/** Host page to office.js. */
export type ToPane =
  | {
      kind: 'start'
      user: { emailAddress: string; displayName: string; timeZone: string }
      theme: ThemeColours
      item: HostItem | null
    }
  | { kind: 'item'; item: HostItem | null }
  | { kind: 'theme'; theme: ThemeColours }
  | { kind: 'answer'; call: number; value: string }
  | { kind: 'refusal'; call: number; error: { code: number; name: string; message: string } }

/** office.js to host page. */
export type ToHost = { kind: 'hello' } | { kind: 'get-body'; call: number; itemId: string }

/** How the two talk: by postMessage between windows, in tests directly. */
export type Link<Out, In> = {
  post: (message: Out) => void
  listen: (listener: (message: In) => void) => void
}
