import type { Mailbox } from '../../../models/mailbox.ts'
import { failed, fine, skipped, warning, type Found } from './found.ts'

type AuthMode = Mailbox['authMode']

/** What reading a mailbox takes; one that is wider does as well. */
const NEEDED = ['Mail.Read', 'Mail.ReadWrite']

/** What goes back to a mailbox takes this besides. */
const TO_WRITE = 'Mail.ReadWrite'

/** What README.md has a tenant agree to; the words of OpenID Connect only sign people in. */
const ASKED_FOR: Record<AuthMode, readonly string[]> = {
  delegated: ['Mail.Read', 'User.Read', 'openid', 'profile', 'email', 'offline_access'],
  app: ['Mail.Read', 'User.Read.All'],
}

/** What was granted, against what FlowCRM needs and asks for: not less, and not more. Pure. */
export function permissionsFound(
  granted: readonly string[] | null,
  { authMode, direction }: { authMode: AuthMode; direction: 'one-way' | 'two-way' },
): Found {
  if (granted === null)
    return skipped('not-told', 'Microsoft does not tell FlowCRM what this token was granted.')
  if (!NEEDED.some((name) => granted.includes(name)))
    return failed('permission-missing', 'The permission Mail.Read was not granted.', {
      fault: authMode === 'app' ? 'admin' : 'person',
      todo:
        authMode === 'app'
          ? 'Have an administrator grant admin consent again.'
          : 'Connect the mailbox again, and agree to what Microsoft asks.',
    })
  const isWriting = direction === 'two-way'
  if (isWriting && !granted.includes(TO_WRITE))
    return warning('may-not-write', `Nothing goes back to Outlook: ${TO_WRITE} was not granted.`, {
      fault: authMode === 'app' ? 'admin' : 'person',
      todo:
        authMode === 'app'
          ? `Have an administrator grant FlowCRM ${TO_WRITE}, or choose under Rules that nothing goes back.`
          : 'Connect the mailbox again, and agree to what Microsoft asks, or choose under Rules that nothing goes back.',
    })
  const asked = [...ASKED_FOR[authMode], ...(isWriting ? [TO_WRITE] : [])]
  const extra = granted.filter((name) => !asked.includes(name))
  if (extra.length > 0)
    return warning(
      'more-than-needed',
      `FlowCRM was granted more than it needs: ${extra.join(', ')}.`,
      {
        fault: 'admin',
        todo: 'An administrator can take these back in Microsoft Entra. FlowCRM goes on without them.',
      },
    )
  return fine('as-needed', `Granted is what FlowCRM needs, and no more: ${granted.join(', ')}.`)
}
