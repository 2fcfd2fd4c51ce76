import type { ItemAttachment, Person } from '../outlook-mail.ts'
import type { ClientName } from './office/clients.ts'

/** A message somebody reads. Bodies, headers and bytes are asked for by themselves, as in Outlook. */
export type ReadItem = {
  form: 'message-read'
  /** In EWS form, as desktop and web give it; in REST form on phones (outlook-addin 2.5). */
  itemId: string
  internetMessageId: string | null
  conversationId: string
  subject: string
  from: Person | null
  to: Person[]
  cc: Person[]
  /** ISO time. */
  receivedAt: string
  categories: string[] | null
  attachments: ItemAttachment[]
}

/** Times in ISO. */
export type MeetingItem = {
  form: 'appointment-read'
  itemId: string
  subject: string
  organizer: Person
  required: Person[]
  optional: Person[]
  location: string
  start: string
  end: string
}

/** What somebody writes tells nothing by itself: all of it is asked for. */
export type WrittenItem = {
  form: 'message-compose' | 'appointment-compose'
  conversationId: string
}

/** What is open, as the host page tells office.js. */
export type HostItem = (ReadItem | MeetingItem | WrittenItem) & {
  /** Names what is open; a call about something else is refused. */
  key: string
  /** Lies in somebody else's mailbox. */
  isShared: boolean
}

export type ThemeColours = Pick<
  Office.OfficeTheme,
  | 'bodyBackgroundColor'
  | 'bodyForegroundColor'
  | 'controlBackgroundColor'
  | 'controlForegroundColor'
>

export type Trouble = { code: number; name: string; message: string }

/** Host page to office.js. */
export type ToPane =
  | {
      kind: 'start'
      client: ClientName
      /** Of Outlook's own words, e.g. `he-IL`. */
      language: string
      user: { emailAddress: string; displayName: string; timeZone: string }
      theme: ThemeColours
      item: HostItem | null
      /** Roaming settings, as they were when the pane was opened. */
      settings: Record<string, unknown>
    }
  | { kind: 'item'; item: HostItem | null }
  | { kind: 'theme'; theme: ThemeColours }
  | { kind: 'event'; type: string; of: Record<string, unknown> }
  | { kind: 'answer'; call: number; value: unknown }
  | { kind: 'refusal'; call: number; error: Trouble }

/** One asynchronous call of Office.js: `key` names the item it is about, null for none. */
export type Call = {
  kind: 'call'
  call: number
  key: string | null
  method: string
  args: unknown[]
  options: Record<string, unknown>
}

/** office.js to host page. */
export type ToHost = { kind: 'hello' } | Call

/** How the two talk: by postMessage between windows, in tests directly. */
export type Link<Out, In> = {
  post: (message: Out) => void
  listen: (listener: (message: In) => void) => void
}
