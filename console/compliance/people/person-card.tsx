import {
  Button,
  MessageBar,
  MessageBarBody,
  Spinner,
  makeStyles,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components'
import { ArrowDownload16Regular } from '@fluentui/react-icons/svg/arrow-download'
import { PersonDelete16Regular } from '@fluentui/react-icons/svg/person-delete'
import { useState } from 'react'
import { ErasureDryRun, type Erasure } from '../../../models/wire/people/erasure.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { heading } from '../../shell/look.ts'
import type { Visit } from '../../visit.ts'
import { EraseDialog, Figures } from './erase-dialog.tsx'
import { countWords, figureLines } from './figures.ts'
import type { Person } from './person.ts'
import { usePersonDeeds } from './use-person-deeds.ts'

export type PersonCardProps = {
  visit: Visit
  person: Person
  onBegun: (erasure: Erasure) => void
}

/** What there is of a person, in figures, and what can be done for them. */
export function PersonCard({ visit, person, onBegun }: PersonCardProps) {
  const { api } = visit
  const { state, reload } = useLoadable(
    () => api.send('POST', '/api/v1/people/erasures/dry-run', person.subject, ErasureDryRun),
    [api, person],
  )
  if (state.status === 'loading') return <Spinner label="Counting; nothing is changed" />
  if (state.status === 'failed')
    return <ProblemBar title="It was not counted" problem={state.error} onRetry={reload} />
  return <Counted visit={visit} person={person} found={state.value} onBegun={onBegun} />
}

function Counted({ visit, person, found, onBegun }: PersonCardProps & { found: ErasureDryRun }) {
  const styles = useStyles()
  const focusTarget = useRestoreFocusTarget()
  const [isSure, setIsSure] = useState(false)
  const { doing, done, problem, exportArchive, letIn } = usePersonDeeds(visit, person)
  const lines = figureLines(found.figures)
  return (
    <div className={styles.card}>
      <h3 className={styles.title}>
        What FlowCRM has of <bdi>{person.label}</bdi>
      </h3>
      {lines.length > 0 ? (
        <Figures lines={lines} />
      ) : (
        <p className={styles.text}>
          Nothing. Erasing still keeps whatever comes later from being stored.
        </p>
      )}
      <Besides found={found} />
      {problem && <ProblemBar title={problem.title} problem={problem.why} />}
      {done !== null && (
        <MessageBar intent="success">
          <MessageBarBody>{done}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.ways}>
        <Button
          icon={doing === 'export' ? <Spinner size="tiny" /> : <ArrowDownload16Regular />}
          disabledFocusable={doing !== null}
          onClick={exportArchive}
        >
          {doing === 'export' ? 'Gathering…' : 'Export all of it'}
        </Button>
        <Button
          {...focusTarget}
          icon={<PersonDelete16Regular />}
          disabledFocusable={doing !== null}
          onClick={() => setIsSure(true)}
        >
          Erase…
        </Button>
        <Button appearance="subtle" disabledFocusable={doing !== null} onClick={letIn}>
          Let them in again
        </Button>
      </div>
      <p className={styles.quiet}>
        Exporting, erasing and letting in again are written to the audit log. “Let them in again” is
        for somebody who was erased before: new mail of theirs is stored from then on; what was
        erased stays so.
      </p>
      {isSure && (
        <EraseDialog
          api={visit.api}
          person={person}
          found={found}
          onClose={() => setIsSure(false)}
          onBegun={(erasure) => {
            setIsSure(false)
            onBegun(erasure)
          }}
        />
      )}
    </div>
  )
}

/** What one should know before erasing. */
function Besides({ found: { emailsOfOthersToo, rulesNaming } }: { found: ErasureDryRun }) {
  const styles = useStyles()
  return (
    <>
      {emailsOfOthersToo > 0 && (
        <p className={styles.text}>
          {countWords(emailsOfOthersToo, [
            'of the e-mails belongs to other contacts as well, and goes for them, too.',
            'of the e-mails belong to other contacts as well, and go for them, too.',
          ])}
        </p>
      )}
      {rulesNaming > 0 && (
        <p className={styles.text}>
          {countWords(rulesNaming, [
            'never-log rule names an address of theirs. It is your own setting, and stays.',
            'never-log rules name an address of theirs. They are your own settings, and stay.',
          ])}
        </p>
      )}
    </>
  )
}

const useStyles = makeStyles({
  card: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    paddingBlockStart: tokens.spacingVerticalM,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  title: { ...heading, fontSize: tokens.fontSizeBase300, overflowWrap: 'anywhere' },
  text: { margin: 0 },
  ways: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: {
    margin: 0,
    maxWidth: '46rem',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
})
