import { afterPaint } from '../../../ui/after-paint.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import type { Look } from '../../../models/wire/pane/look.ts'
import type { Pane } from '../pane/pane.ts'

/** Comes after the rest, and needs somebody to be about. Fields weigh as much as the rest of the pane's own code. */
export function FollowUpFrame(props: { look: Look; pane: Pane }) {
  const { state, reload } = useLoadable(
    () => afterPaint().then(() => import('./follow-up.tsx')),
    [],
  )
  const { contacts, followUps } = props.look
  const hasAny = contacts.length + followUps.notes.length > 0
  if (!hasAny || state.status === 'loading') return null
  if (state.status === 'failed')
    return <ProblemBar title="Tasks did not load" problem={state.error} onRetry={reload} />
  const { FollowUp } = state.value
  return <FollowUp {...props} />
}
