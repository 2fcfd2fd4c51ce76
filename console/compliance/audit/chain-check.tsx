import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { ShieldCheckmark20Regular } from '@fluentui/react-icons/svg/shield-checkmark'
import { useState } from 'react'
import { AuditVerdict } from '../../../models/wire/audit.ts'
import type { Api } from '../../../ui/api/client.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useSaving } from '../../../ui/hooks/use-saving.ts'
import { Section } from '../../shell/section.tsx'

/** Shown of many; the rest are counted. */
const MOST_FAULTS = 20

/** Walks the whole chain of the log, and says whether it is as it was written. */
export function ChainCheck({ api }: { api: Api }) {
  const styles = useStyles()
  const announce = useAnnounce()
  const { saving: checking, save: run } = useSaving()
  const [verdict, setVerdict] = useState<AuditVerdict | null>(null)
  const check = () => {
    setVerdict(null)
    run(api.get('/api/v1/audit/verify', AuditVerdict), (found) => {
      setVerdict(found)
      announce(titleOf(found))
    })
  }
  return (
    <Section
      title="Is the log as it was written?"
      intro="Each entry carries the fingerprint of the one before it, so nobody can change, remove or slip in one unseen."
    >
      <div>
        <Button
          icon={checking === 'saving' ? <Spinner size="tiny" /> : <ShieldCheckmark20Regular />}
          disabledFocusable={checking === 'saving'}
          onClick={check}
        >
          {checking === 'saving' ? 'Checking…' : 'Check the chain'}
        </Button>
      </div>
      {typeof checking === 'object' && (
        <ProblemBar title="The log was not checked" problem={checking} onRetry={check} />
      )}
      {verdict && <Verdict verdict={verdict} />}
      <p className={styles.quiet}>
        A checkpoint is the newest entry, signed every hour and kept outside the database: with its
        file,{' '}
        <code>
          flowcrm audit verify <span className={styles.option}>--checkpoint</span>
        </code>{' '}
        also finds a log whose end was cut off.
      </p>
    </Section>
  )
}

function Verdict({ verdict }: { verdict: AuditVerdict }) {
  const styles = useStyles()
  const { isGood, faults } = verdict
  const shown = faults.slice(0, MOST_FAULTS)
  const rest = faults.length - shown.length
  return (
    <MessageBar intent={isGood ? 'success' : 'error'} layout="multiline" className={styles.verdict}>
      <MessageBarBody>
        <MessageBarTitle className={styles.title}>{titleOf(verdict)}</MessageBarTitle>
        {isGood ? (
          'Every entry is as it was written, and follows the one before.'
        ) : (
          <>
            <p className={styles.text}>
              Keep a copy of the database as it is, and tell whoever runs FlowCRM.
            </p>
            <ul className={styles.faults} aria-label="What is wrong">
              {shown.map(({ fault, seq, sentence }) => (
                <li key={`${fault} ${seq}`}>
                  {seq > 0 && `Entry ${seq.toLocaleString()}: `}
                  {sentence}
                </li>
              ))}
              {rest > 0 && <li>… and {rest.toLocaleString()} more.</li>}
            </ul>
          </>
        )}
      </MessageBarBody>
    </MessageBar>
  )
}

function titleOf({ isGood, entries, faults }: AuditVerdict): string {
  const checked = `${entries.toLocaleString()} ${entries === 1 ? 'entry' : 'entries'} checked`
  if (isGood) return `${checked}: the chain is good.`
  return `${checked}: ${faults.length === 1 ? 'one fault' : `${faults.length} faults`} found.`
}

const useStyles = makeStyles({
  quiet: {
    margin: 0,
    maxWidth: '46rem',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
  option: { whiteSpace: 'nowrap' }, // it would break behind its hyphens
  verdict: { paddingBlock: tokens.spacingVerticalS },
  title: { display: 'block' },
  text: { margin: 0 },
  faults: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL },
})
