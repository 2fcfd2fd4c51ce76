import type { View } from './view.ts'

/** What to say aloud when the view changes; null where the page itself speaks (an alert) or nothing is new. */
export function announcementOf(view: View): string | null {
  switch (view.kind) {
    case 'loading':
      return 'Looking in the CRM.'
    case 'not-logged':
      return 'This e-mail is not in the CRM yet.'
    case 'logging':
      return 'Logging to the CRM.'
    case 'stored':
      return view.justLogged ? 'Logged to the CRM.' : 'This e-mail is in the CRM.'
    case 'no-item':
      return 'No message is open.'
    case 'draft':
      return 'This message is a draft.'
    case 'not-mail':
      return 'This is not an e-mail.'
    default:
      return null
  }
}

/** What did not work, as the title over a problem. */
export function titleOf({ again }: Extract<View, { kind: 'failed' }>): string {
  if (again === 'log') return 'The e-mail was not logged'
  if (again === 'read') return 'The CRM could not be asked'
  return 'FlowCRM did not start'
}
