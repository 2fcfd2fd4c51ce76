import type { Subscription } from '../../models/subscription.ts'
import type { Trust } from './rich/trust.ts'
import type { Notification } from './schema.ts'

/** A notification that knew our secret, and how far what it holds is believed. */
export type Proven = { notification: Notification; subscription: Subscription; trust: Trust }
