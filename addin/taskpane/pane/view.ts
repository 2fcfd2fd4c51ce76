import type { EmailStatus } from '../../../models/wire/log-email.ts'
import type { Failure } from '../../../ui/api/failure.ts'
import type { OpenMessage } from '../../office/item.ts'

export type StoredStatus = Extract<EmailStatus, { state: 'stored' }>

/**
 * What the pane shows, one at a time:
 *
 *   starting → signed-out ⇄ signing-in → (what is open) no-item | draft | not-mail | loading
 *   loading → not-logged | stored;  not-logged → logging → stored;  any of the three calls may end in failed
 */
export type View =
  | { kind: 'starting' }
  | { kind: 'signed-out'; problem: Failure | null }
  | { kind: 'signing-in' }
  | { kind: 'no-item' }
  | { kind: 'draft' }
  | { kind: 'not-mail' }
  | { kind: 'loading'; message: OpenMessage }
  | { kind: 'not-logged'; message: OpenMessage }
  | { kind: 'logging'; message: OpenMessage }
  | { kind: 'stored'; message: OpenMessage; status: StoredStatus; justLogged: boolean }
  | { kind: 'failed'; message: OpenMessage | null; problem: Failure; again: Again }

/** What "Try again" does. `reload`: the page itself, for Office.js starts once only. */
export type Again = 'reload' | 'start' | 'read' | 'log'
