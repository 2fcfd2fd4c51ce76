export const contactTabs = ['emails', 'timeline', 'tasks', 'notes'] as const
export type ContactTab = (typeof contactTabs)[number]

export const complianceTabs = ['audit', 'people', 'members'] as const
export type ComplianceTab = (typeof complianceTabs)[number]

/** What an address of the console means. */
export type Route =
  | { page: 'inbox'; emailId: string | null }
  | { page: 'contacts' }
  | { page: 'contact'; contactId: string; tab: ContactTab }
  | { page: 'review' }
  | { page: 'rules'; mailboxId: string | null }
  | { page: 'mailboxes' }
  | { page: 'explain'; emailId: string | null }
  | { page: 'compliance'; tab: ComplianceTab }
  | { page: 'unknown' }

/** Reads an address: a path and what follows its question mark. Names no page for what it does not know. */
export function readRoute(address: string): Route {
  const { pathname, searchParams } = new URL(address, 'http://console')
  const [first = '', second, ...rest] = pathname.split('/').slice(1)
  const emailId = searchParams.get('email')
  if (rest.length > 0) return { page: 'unknown' }
  if (first === 'contacts' && second)
    return {
      page: 'contact',
      contactId: decoded(second),
      tab: oneOf(contactTabs, searchParams.get('tab')),
    }
  if (second) return { page: 'unknown' }
  switch (first) {
    case '':
      return { page: 'inbox', emailId }
    case 'explain':
      return { page: 'explain', emailId }
    case 'rules':
      return { page: 'rules', mailboxId: searchParams.get('mailbox') }
    case 'compliance':
      return { page: 'compliance', tab: oneOf(complianceTabs, searchParams.get('tab')) }
    case 'contacts':
    case 'review':
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
  review: '/review',
  rules: '/rules',
  mailboxRules: (mailboxId: string) => `/rules?mailbox=${encodeURIComponent(mailboxId)}`,
  compliance: (tab: ComplianceTab = 'audit') =>
    `/compliance${tab === 'audit' ? '' : `?tab=${tab}`}`,
  mailboxes: '/mailboxes',
  explain: '/explain',
  whyIsItHere: (emailId: string) => `/explain?email=${encodeURIComponent(emailId)}`,
}

/** The tab that an address names; the first one, if it names none. */
const oneOf = <Tab extends string>(tabs: readonly [Tab, ...Tab[]], text: string | null): Tab =>
  tabs.find((tab) => tab === text) ?? tabs[0]

/** A hand-made address can have a `%` that means nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
