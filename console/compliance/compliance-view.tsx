import type { ReactElement } from 'react'
import { PageTabs } from '../router/page-tabs.tsx'
import { addresses, complianceTabs, type ComplianceTab } from '../router/route.ts'
import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'
import { AuditPanel } from './audit/audit-panel.tsx'
import { MembersPanel } from './members/members-panel.tsx'
import { PeoplePanel } from './people/people-panel.tsx'

const TAB_WORDS: Record<ComplianceTab, string> = {
  audit: 'Audit log',
  people: 'People and retention',
  members: 'Members',
}

export type ComplianceViewProps = Visit & { tab: ComplianceTab }

/** For admins and auditors: who did what, what is kept of a person, and who may do what. */
export default function ComplianceView({ tab, ...visit }: ComplianceViewProps) {
  const { roles } = visit.session
  const mayLook = roles.includes('admin') || roles.includes('auditor')
  const panels: Record<ComplianceTab, () => ReactElement> = {
    audit: () => <AuditPanel {...visit} />,
    people: () => <PeoplePanel {...visit} />,
    members: () => <MembersPanel {...visit} />,
  }
  return (
    <>
      <PageTitle>Compliance</PageTitle>
      {mayLook ? (
        <PageTabs
          tabs={complianceTabs}
          shown={tab}
          words={TAB_WORDS}
          addressOf={addresses.compliance}
        >
          {panels[tab]()}
        </PageTabs>
      ) : (
        <p>
          This page is for auditors and administrators of your organization. An administrator can
          make you an auditor in the Microsoft Entra admin center.
        </p>
      )}
    </>
  )
}
