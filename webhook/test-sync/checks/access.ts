import { ProviderError } from '../../errors.ts'
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

/** What that token was granted; where something goes back, what one for writing was granted besides. */
export const permissions: Check = async ({ mailTokens, policies, mailbox }) => {
  const { direction } = await policies.rulesOf(mailbox)
  const granted = grantedIn(await mailTokens.accessTokenFor(mailbox))
  const { authMode } = mailbox
  if (direction === 'one-way' || granted === null)
    return permissionsFound(granted, { authMode, direction })
  const toWrite = await mailTokens
    .accessTokenFor(mailbox, { fresh: false, right: 'write' })
    .then((token) => grantedIn(token) ?? [], unlessRefused)
  return permissionsFound([...new Set([...granted, ...toWrite])], { authMode, direction })
}

function unlessRefused(error: unknown): string[] {
  if (!(error instanceof ProviderError)) throw error
  return []
}
