import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'

/** People who write and are no contacts yet, and contacts that may be the same one. */
export default function ReviewView(_visit: Visit) {
  return <PageTitle>Review contacts</PageTitle>
}
