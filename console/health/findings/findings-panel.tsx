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

/** So many to look at are listed at once. The rest, and what is only good to know, must not push the mailboxes down. */
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
  const first = findings.filter(isToLookAt).slice(0, SHOWN_FIRST)
  const shown = all ? findings : first
  return (
    <>
      <p className={styles.text}>{summaryOf(findings)}</p>
      <ul id={listId} className={styles.list} aria-label="Findings" hidden={shown.length === 0}>
        {shown.map((finding) => (
          <FindingRow key={keyOf(finding)} finding={finding} />
        ))}
      </ul>
      {findings.length > first.length && (
        <div>
          <Button
            size="small"
            aria-expanded={all}
            aria-controls={listId}
            onClick={() => setAll(!all)}
          >
            {all ? fewerWords(first) : allWords(findings)}
          </Button>
        </div>
      )}
    </>
  )
}

/** Two folders of a mailbox may have the same name. */
const keyOf = ({ code, mailbox, folderName, since, sentence }: Finding): string =>
  [code, mailbox.id, folderName, since, sentence].join(' ')

const isToLookAt = ({ severity }: Finding): boolean => severity === 'warning'

const allWords = ({ length }: readonly Finding[]): string =>
  length === 1 ? 'Show it' : `Show all ${length.toLocaleString()}`
const fewerWords = ({ length }: readonly Finding[]): string =>
  length === 0 ? 'Show none' : 'Show the first ones only'

function summaryOf(findings: readonly Finding[]): string {
  const toLookAt = findings.filter(isToLookAt).length
  if (toLookAt === 0) return 'Nothing is missing. There is only something good to know.'
  return toLookAt === 1
    ? 'One is worth a look. It comes first.'
    : `${toLookAt.toLocaleString()} are worth a look. They come first.`
}

const useStyles = makeStyles({
  text: { margin: 0, maxWidth: '46rem' },
  list: {
    ...plainList,
    ':not([hidden])': { display: 'grid' },
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalM,
  },
  again: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})` }, // below the words above it
})
