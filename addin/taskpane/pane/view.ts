import type { Look, MessageState } from '../../../models/wire/pane/look.ts'
import type { Failure } from '../../../ui/api/failure.ts'
import type { Draft } from '../../office/compose.ts'
import type { OpenMessage } from '../../office/item.ts'
import type { OpenMeeting } from '../../office/meeting.ts'

export type StoredState = Extract<MessageState, { state: 'stored' }>
/** What the ledger has an account of, and the CRM has no e-mail of. */
export type LeftOutState = Exclude<MessageState, { state: 'stored' | 'not-logged' }>

/**
 * What the pane shows, one at a time:
 *
 *   starting → signed-out ⇄ signing-in → (what is open) no-item | draft | not-mail | loading | shown
 *   loading → shown | failed;  shown → shown, with more of it
 */
export type View =
  | { kind: 'starting' }
  | { kind: 'signed-out'; problem: Failure | null }
  | { kind: 'signing-in' }
  | { kind: 'no-item' }
  | { kind: 'draft'; draft?: Draft }
  | { kind: 'not-mail'; meeting?: OpenMeeting }
  | { kind: 'loading'; message: OpenMessage }
  | ShownView
  | ({ kind: 'failed'; message: OpenMessage | null } & Trouble)

/** A message with what the CRM knows of it. What went wrong since does not take that away. */
export type ShownView = {
  kind: 'shown'
  message: OpenMessage
  look: Look
  doing: 'nothing' | 'logging'
  justLogged: boolean
  trouble: Trouble | null
}

export type Trouble = { problem: Failure; again: Again }

/** What "Try again" does. `reload`: the page itself, for Office.js starts once only. */
export type Again = 'reload' | 'start' | 'read' | 'log'

/** A message at rest. */
export const shown = (message: OpenMessage, look: Look): ShownView => ({
  ...{ kind: 'shown', message, look, doing: 'nothing', justLogged: false, trouble: null },
})
