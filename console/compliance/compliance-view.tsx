import type { ComplianceTab } from '../router/route.ts'
import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'

export type ComplianceViewProps = Visit & { tab: ComplianceTab }

/** For admins and auditors: who did what, what is kept of a person, and who may do what. */
export default function ComplianceView(_props: ComplianceViewProps) {
  return <PageTitle>Compliance</PageTitle>
}
