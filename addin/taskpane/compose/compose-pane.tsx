import { Spinner, Subtitle2 } from '@fluentui/react-components'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import type { Draft } from '../../office/compose.ts'
import type { Pane } from '../pane/pane.ts'
import { Composing, type Again } from './composing.ts'
import { Recipients } from './recipients.tsx'
import { WhenSent } from './when-sent.tsx'

/** Beside a message that is being written: what becomes of it once it is sent, and whom it is to. */
export function ComposePane({ draft, pane }: { draft: Draft; pane: Pane }) {
  const composing = useMemo(
    () => new Composing({ draft, ask: pane.ask, newId: () => crypto.randomUUID() }),
    [draft, pane],
  )
  useEffect(() => {
    composing.start()
    return () => composing.stop()
  }, [composing])
  const { told, choice, saving, tellsPrivacy, trouble } = useSyncExternalStore(
    composing.subscribe,
    composing.view,
  )
  return (
    <>
      <Subtitle2 as="h2" style={{ margin: 0 }}>
        Your draft
      </Subtitle2>
      {trouble && (
        <ProblemBar
          title={TITLES[trouble.again]}
          problem={trouble.problem}
          onRetry={() => composing.again()}
        />
      )}
      {!told && !trouble && <Spinner size="small" label="Looking in the CRM" />}
      {told && (
        <>
          <WhenSent
            {...{ told, choice, saving, tellsPrivacy, canCarry: draft.canCarry }}
            isSaved={!trouble}
            onChoose={(change) => void composing.choose(change)}
          />
          <Recipients
            {...{ told, pane }}
            tellsChanges={draft.tellsChanges}
            onLook={() => composing.look()}
          />
        </>
      )}
    </>
  )
}

const TITLES: Record<Again, string> = {
  look: 'The CRM could not be asked',
  save: 'Your choice is not saved',
  copy: 'The drop-box was not added to Bcc',
}
