import { grantedIn } from '../../sign-in/decide/granted.ts'
import { fine } from '../decide/found.ts'
import { permissionsFound } from '../decide/permissions.ts'
import type { Check } from '../trial.ts'

/** A new token is given now, not one that is kept; and the provider takes it. */
export const credential: Check = async ({ mailTokens, mailbox, provider }, signal) => {
  await mailTokens.accessTokenFor(mailbox, { fresh: true })
  await provider.account(signal)
  return fine('accepted', 'Microsoft gave FlowCRM a new token, and Microsoft 365 took it.')
}

/** What that token was granted. */
export const permissions: Check = async ({ mailTokens, mailbox }) =>
  permissionsFound(grantedIn(await mailTokens.accessTokenFor(mailbox)), mailbox.authMode)
