import { useEffect, useState } from 'react'
import { readLanding, type Landing } from '../landing.ts'

/** What the address said when the page was opened. The address is then cleaned, so that a reload does not say it again. */
export function useLanding(): Landing {
  const [landing] = useState(() => readLanding(location.search))
  useEffect(() => {
    if (landing.connected !== null || landing.adminConsent !== null)
      history.replaceState(null, '', location.pathname)
  }, [landing])
  return landing
}
