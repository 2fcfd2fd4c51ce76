import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Connection } from 'mongoose'
import { sessionModel, type Session } from '../../../models/sign-in/session.ts'
import type { Clock } from '../../clock.ts'
import type { Vault } from '../../keys/vault.ts'

export type NewSession = Pick<
  Session,
  'workspaceId' | 'userId' | 'displayName' | 'address' | 'roles' | 'expiresAt'
>

/** Guessing one of these is hopeless. */
const SECRET_BYTES = 32

const nameOf = (id: string) => ({ collection: 'sessions', id })

/** Console sessions. The cookie's value is known to the browser alone; the store keeps its hash. */
export class SessionStore {
  private readonly sessions
  private readonly clock: Clock
  private readonly vault: Vault

  constructor({ db, clock, vault }: { db: Connection; clock: Clock; vault: Vault }) {
    this.sessions = sessionModel(db)
    this.clock = clock
    this.vault = vault
  }

  /** The answer is the cookie's value. */
  async create(session: NewSession): Promise<string> {
    const cookie = secret()
    const { displayName, address, ...clear } = session
    const _id = idOf(cookie)
    const keys = await this.vault.of(session.workspaceId)
    const sealed = keys.seal(nameOf(_id), { displayName, address })
    await this.sessions.create({ ...clear, _id, sealed })
    return cookie
  }

  /** Null when there is none, or it is over. */
  async find(cookie: string): Promise<Session | null> {
    const found = await this.sessions
      .findOne({ _id: idOf(cookie), expiresAt: { $gt: this.clock.now() } })
      .lean()
    if (!found) return null
    const { sealed, ...session } = found
    const open = (await this.vault.of(found.workspaceId)).opener(nameOf(found._id), sealed)
    const { displayName, address } = sealed.fields
    return {
      ...session,
      displayName: open('displayName', displayName),
      address: open('address', address),
      csrfToken: csrfTokenOf(cookie),
    }
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

/** Made of the cookie, so that it need not be stored: the page, which cannot read the cookie, cannot tell one from the other. */
const csrfTokenOf = (cookie: string) =>
  createHmac('sha256', cookie).update('csrf').digest('base64url')
