/** What the service tells the page in its address after a trip to the sign-in service. */
export type Landing = {
  /** The mailbox that was just connected. */
  connected: string | null
  adminConsent: 'granted' | 'refused' | null
}

export function readLanding(search: string): Landing {
  const query = new URLSearchParams(search)
  const consent = query.get('adminConsent')
  return {
    connected: query.get('connected'),
    adminConsent: consent === 'granted' || consent === 'refused' ? consent : null,
  }
}
