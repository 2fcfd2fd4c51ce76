import type { MessageState } from '../../../models/wire/pane/look.ts'
import type { Trouble, View } from './view.ts'

/** What to say aloud when the view changes; null where the page itself speaks (an alert) or nothing is new. */
export function announcementOf(view: View): string | null {
  switch (view.kind) {
    case 'loading':
      return 'Looking in the CRM.'
    case 'shown':
      if (view.trouble) return null
      if (view.doing === 'logging') return 'Logging to the CRM.'
      return view.justLogged ? 'Logged to the CRM.' : SPOKEN[view.look.message.state]
    case 'no-item':
      return 'No message is open.'
    case 'draft':
      return 'This message is a draft.'
    case 'not-mail':
      return 'This is a meeting.'
    default:
      return null
  }
}

const SPOKEN: Record<MessageState['state'], string> = {
  stored: 'This e-mail is in the CRM.',
  'not-logged': 'This e-mail is not in the CRM yet.',
  pending: 'This e-mail is on its way to the CRM.',
  excluded: 'This e-mail is kept out of the CRM.',
  failed: 'This e-mail could not be stored in the CRM.',
  gone: 'This e-mail is not in the CRM.',
}

/** What did not work, as the title over a problem. */
export function titleOf({ problem, again }: Trouble): string {
  if (again === 'log' || problem.code === 'message-changed') return 'The e-mail was not logged'
  if (again === 'read') return 'The CRM could not be asked'
  return 'FlowCRM did not start'
}
