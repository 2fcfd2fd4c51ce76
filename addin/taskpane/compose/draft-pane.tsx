import { Spinner } from '@fluentui/react-components'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import type { Draft } from '../../office/compose.ts'
import type { Pane } from '../pane/pane.ts'

/** Comes when somebody writes: most people read, and the first load is for them. */
export function DraftPane(props: { draft: Draft; pane: Pane }) {
  const { state, reload } = useLoadable(() => import('./compose-pane.tsx'), [])
  if (state.status === 'loading') return <Spinner size="small" label="Getting ready" />
  if (state.status === 'failed')
    return <ProblemBar title="FlowCRM did not load" problem={state.error} onRetry={reload} />
  const { ComposePane } = state.value
  return <ComposePane {...props} />
}
