import { Spinner } from '@fluentui/react-components'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import type { OpenMeeting } from '../../office/meeting.ts'
import type { Pane } from '../pane/pane.ts'

/** Comes when a meeting is open: most people read mail, and the first load is for them. */
export function MeetingFrame({ meeting, pane }: { meeting: OpenMeeting; pane: Pane }) {
  const open = async () => {
    const [{ MeetingPane }, facts] = await Promise.all([
      import('./meeting-pane.tsx'),
      meeting.read(),
    ])
    const look = await pane.ask((crm) => crm.lookAtMeeting(facts))
    return { MeetingPane, facts, look }
  }
  const { state, reload } = useLoadable(open, [meeting])
  if (state.status === 'loading') return <Spinner size="small" label="Looking in the CRM" />
  if (state.status === 'failed')
    return <ProblemBar title="The CRM could not be asked" problem={state.error} onRetry={reload} />
  const { MeetingPane, ...shown } = state.value
  return <MeetingPane {...{ ...shown, meeting, pane }} onChanged={reload} />
}
