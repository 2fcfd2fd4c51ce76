import type { FullItem, Person } from '../../outlook-mail.ts'
import type { Draft } from '../draft.ts'
import type { Faults } from '../faults.ts'
import type { Call, MeetingItem } from '../messages.ts'
import type { Client } from '../office/clients.ts'

export type BridgeUser = { address: string; displayName: string }

/** A mailbox that somebody else owns. */
export type SharedMailbox = { address: string }

/** What is open in Outlook. `id` is Graph's, null for what was never saved. */
export type Open =
  | { kind: 'message'; id: string; mail: FullItem }
  | { kind: 'draft'; draft: Draft }
  | { kind: 'meeting'; id: string; side: 'organizer' | 'attendee'; meeting: MeetingItem }

/** What an add-in has stored with Outlook: it outlives the pane. */
export class Kept {
  readonly customProperties = new Map<string, Record<string, unknown>>()
  readonly categories = new Map<string, string[]>()
  readonly notifications = new Map<string, Map<string, Office.NotificationMessageDetails>>()
  roaming: Record<string, unknown> = {}
}

/** What only the page around can do. */
export type PageActions = {
  attachmentBytes: (messageId: string, attachmentId: string) => Promise<Uint8Array | null>
  reply: (messageId: string, form: unknown) => void
  showMessage: (messageId: string) => void
  closePane: () => void
}

/** Everything an answer can depend on. */
export type Scene = {
  user: BridgeUser
  client: Client
  faults: Faults
  shared: SharedMailbox | null
  selected: FullItem[]
  kept: Kept
  page: PageActions
}

export type Asked<T = Open> = Pick<Call, 'args' | 'options'> & { open: T; scene: Scene }

/** The value that an asynchronous method of Office's hands to its callback. */
export type Value<Method> = Method extends (...args: infer Args) => void
  ? Required<Args> extends [...unknown[], (result: Office.AsyncResult<infer T>) => void]
    ? T
    : never
  : never

/** Answers by method; each gives what Office's own types promise. */
export type Answers<T, Told> = {
  [Method in keyof Told]: (asked: Asked<T>) => Told[Method] | Promise<Told[Method]>
}

export const people = (list: readonly Person[], { faults }: Scene): Person[] =>
  faults.recipients === 'nameless' ? list.map(({ name }) => ({ name, address: '' })) : [...list]
