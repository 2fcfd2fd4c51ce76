import { Suspense, lazy, useEffect, useState, type ReactElement } from 'react'
import { readRoute, type Route } from './router/route.ts'
import { LoadingView } from './shell/loading-view.tsx'
import { PageFault } from './shell/page-fault.tsx'
import { HasMoved } from './shell/page-title.tsx'
import { UnknownView } from './views/unknown-view.tsx'
import type { Visit } from './visit.ts'

// A bundle for each: who reads mail does not load what others need.
const HomeView = lazy(() => import('./views/home-view.tsx'))
const ContactsView = lazy(() => import('./contacts/contacts-view.tsx'))
const ContactView = lazy(() => import('./contacts/contact-view.tsx'))
const ReviewView = lazy(() => import('./review/review-view.tsx'))
const RulesView = lazy(() => import('./rules/rules-view.tsx'))
const HealthView = lazy(() => import('./health/health-view.tsx'))
const ExplainView = lazy(() => import('./explain/explain-view.tsx'))
const ComplianceView = lazy(() => import('./compliance/compliance-view.tsx'))

export type PagesProps = { address: string; visit: Visit }

/** The page that the address names. */
export function Pages({ address, visit }: PagesProps) {
  const route = readRoute(address)
  const key = 'contactId' in route ? `contact ${route.contactId}` : route.page
  const hasMoved = useHasMoved()
  return (
    <HasMoved.Provider value={hasMoved}>
      <PageFault key={key}>
        <Suspense fallback={<LoadingView />}>{pageOf(route, visit)}</Suspense>
      </PageFault>
    </HasMoved.Provider>
  )
}

function pageOf(route: Route, visit: Visit): ReactElement {
  switch (route.page) {
    case 'inbox':
      return <HomeView {...visit} emailId={route.emailId} />
    case 'contacts':
      return <ContactsView {...visit} />
    case 'contact':
      return <ContactView {...visit} contactId={route.contactId} tab={route.tab} />
    case 'review':
      return <ReviewView {...visit} />
    case 'rules':
      return <RulesView {...visit} mailboxId={route.mailboxId} />
    case 'mailboxes':
      return <HealthView {...visit} />
    case 'explain':
      return <ExplainView {...visit} emailId={route.emailId} />
    case 'compliance':
      return <ComplianceView {...visit} tab={route.tab} />
    case 'unknown':
      return <UnknownView />
  }
}

function useHasMoved(): boolean {
  const [hasMoved, setHasMoved] = useState(false)
  useEffect(() => {
    const noteMove = () => setHasMoved(true)
    addEventListener('popstate', noteMove, { once: true })
    return () => removeEventListener('popstate', noteMove)
  }, [])
  return hasMoved
}
