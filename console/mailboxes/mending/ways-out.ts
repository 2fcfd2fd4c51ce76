import type { Mailbox } from '../../../models/wire/mailbox.ts'
import type { Session } from '../../../models/wire/session.ts'

/** Who looks at a mailbox: an admin sees others' as well. */
export type Looker = Pick<Session, 'user' | 'roles'>

const isAdmin = ({ roles }: Looker): boolean => roles.includes('admin')

/** Members see their own alone, whatever else the address may be that they sign in with. */
const isTheirs = ({ address }: Mailbox, looker: Looker): boolean =>
  !isAdmin(looker) || address.toLowerCase() === looker.user.address.toLowerCase()

/** What ends the mailbox's trouble and can be done from here; what only the operator can mend, nobody mends here. */
export function waysOut(mailbox: Mailbox, looker: Looker) {
  const { status, authMode, trouble } = mailbox
  const action = trouble?.action ?? 'reconnect'
  const canBeMended = status !== 'connected' && action !== 'operator'
  const canBySignIn = canBeMended && authMode === 'delegated'
  return {
    needsSignIn: canBySignIn && isTheirs(mailbox, looker),
    needsOwner: canBySignIn && !isTheirs(mailbox, looker) && status !== 'disconnected',
    needsConsent:
      isAdmin(looker) &&
      canBeMended &&
      status !== 'disconnected' &&
      action !== 'policy' &&
      (authMode === 'app' || action === 'admin'),
  }
}

/** How who looks can have it written to: by signing in, by asking its owner, by consent. Null: not at all. */
export function wayToWrite(
  mailbox: Mailbox,
  looker: Looker,
): 'sign-in' | 'owner' | 'consent' | null {
  if (mailbox.authMode === 'delegated') return isTheirs(mailbox, looker) ? 'sign-in' : 'owner'
  return isAdmin(looker) ? 'consent' : null
}

/** What is to go back to it waits for a permission, and somebody can give that. */
export const waitsToBeWritten = ({ status, writeRefused }: Mailbox): boolean =>
  status === 'connected' && writeRefused !== undefined
