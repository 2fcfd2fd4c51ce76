import type { Session } from '../models/wire/session.ts'
import type { ConsoleApi } from './signed-in-api.ts'

/** What every page gets: who looks, and the way to the service. */
export type Visit = { api: ConsoleApi; baseUrl: string; session: Session }
