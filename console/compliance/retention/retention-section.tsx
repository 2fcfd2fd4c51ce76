import { Skeleton, SkeletonItem, makeStyles } from '@fluentui/react-components'
import { useRef, useState, type RefObject } from 'react'
import { Retention } from '../../../models/wire/ending/ending.ts'
import { WorkspaceRuleSet } from '../../../models/wire/rules.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import type { Visit } from '../../visit.ts'
import { Section } from '../../shell/section.tsx'
import { RetentionForm } from './retention-form.tsx'
import { keptWords, WHEN_GONE } from './retention-words.ts'

/** How long mail is kept: to be changed by administrators, to be seen by auditors. */
export function RetentionSection({ api, session }: Visit) {
  const heading = useRef<HTMLHeadingElement>(null)
  return (
    <Section
      title="How long mail is kept"
      headingRef={heading}
      intro="Mail that is past its time is removed from the CRM within an hour or two, never from a mailbox."
    >
      {session.roles.includes('admin') ? (
        <ForAdmins api={api} heading={heading} />
      ) : (
        <ForAuditors api={api} />
      )}
    </Section>
  )
}

type OfApi = Pick<Visit, 'api'>

function ForAdmins({ api, heading }: OfApi & { heading: RefObject<HTMLElement | null> }) {
  const styles = useStyles()
  const { state, reload, replace } = useLoadable(
    () => api.get('/api/v1/rules', WorkspaceRuleSet),
    [api],
  )
  const [turn, setTurn] = useState(0)
  const showSaved = () => {
    setTurn(turn + 1)
    reload()
    heading.current?.focus()
  }
  if (state.status === 'loading') return <RetentionSkeleton />
  if (state.status === 'failed')
    return <ProblemBar title="The setting did not load" problem={state.error} onRetry={reload} />
  return (
    <>
      <RetentionForm
        key={turn}
        api={api}
        set={state.value}
        onSaved={replace}
        onReload={showSaved}
      />
      <p className={styles.text}>
        To leave FlowCRM and have everything of your organization deleted is not done here: whoever
        runs FlowCRM does it with <code>flowcrm end-workspace</code>, or you by the API.
      </p>
    </>
  )
}

function ForAuditors({ api }: OfApi) {
  const styles = useStyles()
  const { state, reload } = useLoadable(() => api.get('/api/v1/rules/retention', Retention), [api])
  if (state.status === 'loading') return <RetentionSkeleton />
  if (state.status === 'failed')
    return <ProblemBar title="The setting did not load" problem={state.error} onRetry={reload} />
  const { retentionDays, whenGone } = state.value
  return (
    <>
      <p className={styles.text}>{keptWords(retentionDays)}</p>
      <p className={styles.text}>
        When a message is deleted in its mailbox: {WHEN_GONE[whenGone].replace('The', 'the')}.
      </p>
      <p className={styles.text}>An administrator of your organization can change this.</p>
    </>
  )
}

function RetentionSkeleton() {
  return (
    <Skeleton aria-label="Loading the setting">
      <SkeletonItem size={32} />
    </Skeleton>
  )
}

const useStyles = makeStyles({ text: { margin: 0, maxWidth: '46rem' } })
