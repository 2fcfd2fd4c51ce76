import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'

export type RulesViewProps = Visit & {
  /** Whose rules; null: the organization's for an admin, else those of the reader's own mailbox. */
  mailboxId: string | null
}

/** What stays out of the CRM, with what a change would do beside it. */
export default function RulesView(_props: RulesViewProps) {
  return <PageTitle>Rules</PageTitle>
}
