import { labelOf } from '../../sign-in/decide/trouble.ts'
import type { WriteRefusal } from '../../../models/wire/mailbox.ts'
import type { Mailbox } from '../../../models/mailbox.ts'

/** Names the permission that is missing, where the provider has no code of its own for it. */
export const NOT_GRANTED = 'Mail.ReadWrite'

/** A refusal to be written to, for people. Pure. */
export function tellRefusal({
  authMode,
  writeRefused,
}: Pick<Mailbox, 'authMode' | 'writeRefused'>): WriteRefusal | null {
  if (!writeRefused) return null
  const { code, since } = writeRefused
  return {
    ...{ code, since: since.toISOString() },
    sentence: `Nothing goes back to Outlook yet: Microsoft 365 does not let FlowCRM write to this mailbox (${labelOf(code)}). Its mail is read all the same.`,
    todo:
      authMode === 'app'
        ? 'Have an administrator grant FlowCRM the permission Mail.ReadWrite.'
        : 'Its owner allows it once: Microsoft asks for the permission Mail.ReadWrite.',
  }
}
