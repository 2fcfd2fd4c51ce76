import { Button, Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components'
import { useId, useState } from 'react'
import { Findings, type Finding } from '../../../models/wire/health/findings.ts'
import type { Api } from '../../../ui/api/client.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { useLive } from '../../live/live-line.tsx'
import { plainList } from '../../shell/look.ts'
import { Section } from '../../shell/section.tsx'
import { FindingRow } from './finding-row.tsx'

/** The worst come first, so that the rest can wait until somebody wants to see it. */
const SHOWN_FIRST = 6

/** Folders that are silent and mailboxes that are connected twice: what no light says. */
export function FindingsPanel({ api }: { api: Api }) {
  const styles = useStyles()
  const { state, reload } = useLoadable(() => api.get('/api/v1/health/findings', Findings), [api])
  useLive({ onOpen: reload, onEvent: () => undefined }) // each pass over a folder is an event: too many to follow
  if (state.status === 'failed')
    return <ProblemBar title="The findings did not load" problem={state.error} onRetry={reload} />
  return (
    <Section
      title="Findings"
      intro="Folders that are silent for longer than usual, and mailboxes that are connected twice."
    >
      {state.status === 'loading' ? (
        <Skeleton aria-label="Loading the findings">
          <SkeletonItem size={32} />
        </Skeleton>
      ) : (
        <>
          <List findings={state.value.findings} />
          <div>
            <Button size="small" appearance="subtle" className={styles.again} onClick={reload}>
              Look again
            </Button>
          </div>
        </>
      )}
    </Section>
  )
}

function List({ findings }: { findings: readonly Finding[] }) {
  const styles = useStyles()
  const listId = useId()
  const [all, setAll] = useState(false)
  if (findings.length === 0)
    return (
      <p className={styles.text}>
        No findings. Every watched folder has mail as usual or was asked in time, and no mailbox is
        connected twice.
      </p>
    )
  const shown = all ? findings : findings.slice(0, SHOWN_FIRST)
  return (
    <>
      <p className={styles.text}>{summaryOf(findings)}</p>
      <ul id={listId} className={styles.list} aria-label="Findings">
        {shown.map((finding) => (
          <FindingRow key={keyOf(finding)} finding={finding} />
        ))}
      </ul>
      {findings.length > SHOWN_FIRST && (
        <div>
          <Button
            size="small"
            aria-expanded={all}
            aria-controls={listId}
            onClick={() => setAll(!all)}
          >
            {all ? 'Show the first ones only' : `Show all ${findings.length.toLocaleString()}`}
          </Button>
        </div>
      )}
    </>
  )
}

/** Two folders of a mailbox may have the same name. */
const keyOf = ({ code, mailbox, folderName, since, sentence }: Finding): string =>
  [code, mailbox.id, folderName, since, sentence].join(' ')

function summaryOf(findings: readonly Finding[]): string {
  const toLookAt = findings.filter(({ severity }) => severity === 'warning').length
  if (toLookAt === 0) return 'Nothing is missing. This is only good to know:'
  return toLookAt === 1
    ? 'One is worth a look. It comes first.'
    : `${toLookAt.toLocaleString()} are worth a look. They come first.`
}

const useStyles = makeStyles({
  text: { margin: 0, maxWidth: '46rem' },
  list: {
    ...plainList,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalM,
  },
  again: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})` }, // below the words above it
})
