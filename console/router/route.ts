export const contactTabs = ['emails', 'tasks', 'notes'] as const
export type ContactTab = (typeof contactTabs)[number]

/** What an address of the console means. */
export type Route =
  | { page: 'inbox'; emailId: string | null }
  | { page: 'contacts' }
  | { page: 'contact'; contactId: string; tab: ContactTab }
  | { page: 'mailboxes' }
  | { page: 'explain'; emailId: string | null }
  | { page: 'unknown' }

/** Reads an address: a path and what follows its question mark. Names no page for what it does not know. */
export function readRoute(address: string): Route {
  const { pathname, searchParams } = new URL(address, 'http://console')
  const [first = '', second, ...rest] = pathname.split('/').slice(1)
  const emailId = searchParams.get('email')
  if (rest.length > 0) return { page: 'unknown' }
  if (first === 'contacts' && second)
    return { page: 'contact', contactId: decoded(second), tab: tabOf(searchParams.get('tab')) }
  if (second) return { page: 'unknown' }
  switch (first) {
    case '':
      return { page: 'inbox', emailId }
    case 'explain':
      return { page: 'explain', emailId }
    case 'contacts':
    case 'mailboxes':
      return { page: first }
    default:
      return { page: 'unknown' }
  }
}

/** Where each page is. Only ids are ever in an address: what people write would end up in logs and histories. */
export const addresses = {
  inbox: '/',
  email: (emailId: string) => `/?email=${encodeURIComponent(emailId)}`,
  contacts: '/contacts',
  contact: (contactId: string, tab: ContactTab = 'emails') =>
    `/contacts/${encodeURIComponent(contactId)}${tab === 'emails' ? '' : `?tab=${tab}`}`,
  mailboxes: '/mailboxes',
  explain: '/explain',
  whyIsItHere: (emailId: string) => `/explain?email=${encodeURIComponent(emailId)}`,
}

const tabOf = (text: string | null): ContactTab =>
  contactTabs.find((tab) => tab === text) ?? 'emails'

/** A hand-made address can have a `%` that means nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
