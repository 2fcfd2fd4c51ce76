import { createHash, randomBytes } from 'node:crypto'
import type { Connection } from 'mongoose'
import { sessionModel, type Session } from '../../models/session.ts'
import type { Clock } from '../clock.ts'

export type NewSession = Pick<
  Session,
  'workspaceId' | 'userId' | 'displayName' | 'address' | 'roles' | 'expiresAt'
>

/** Guessing one of these is hopeless. */
const SECRET_BYTES = 32

/** Console sessions. The cookie's value is known to the browser alone; the store keeps its hash. */
export class SessionStore {
  private readonly sessions
  private readonly clock: Clock

  constructor({ db, clock }: { db: Connection; clock: Clock }) {
    this.sessions = sessionModel(db)
    this.clock = clock
  }

  /** The answer is the cookie's value. */
  async create(session: NewSession): Promise<string> {
    const cookie = secret()
    await this.sessions.create({ ...session, _id: idOf(cookie), csrfToken: secret() })
    return cookie
  }

  /** Null when there is none, or it is over. */
  async find(cookie: string): Promise<Session | null> {
    return this.sessions.findOne({ _id: idOf(cookie), expiresAt: { $gt: this.clock.now() } }).lean()
  }

  async delete(cookie: string): Promise<void> {
    await this.sessions.deleteOne({ _id: idOf(cookie) })
  }

  async sweepExpired(): Promise<void> {
    await this.sessions.deleteMany({ expiresAt: { $lte: this.clock.now() } })
  }
}

const secret = () => randomBytes(SECRET_BYTES).toString('base64url')

const idOf = (cookie: string) => createHash('sha256').update(cookie).digest('base64url')
