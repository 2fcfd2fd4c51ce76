import {
  Badge,
  ProgressBar,
  Skeleton,
  SkeletonItem,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { ArrowDownload16Regular } from '@fluentui/react-icons/svg/arrow-download'
import type { Erasure } from '../../../models/wire/people/erasure.ts'
import { CopyButton } from '../../../ui/components/copy-button.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import type { Loadable } from '../../../ui/hooks/use-loadable.ts'
import { LinkButton } from '../../shell/link-button.tsx'
import { plainList } from '../../shell/look.ts'
import { figureLines } from './figures.ts'

const STATES = {
  running: { word: 'Under way', color: 'informative' },
  waiting: { word: 'Looking once more', color: 'informative' },
  done: { word: 'Done', color: 'success' },
} as const

export type ErasureListProps = {
  state: Loadable<readonly Erasure[]>
  onRetry: () => void
  /** Where the service is. */
  baseUrl: string
}

/** Erasures under way and done, each with how far it is, or with its signed report. */
export function ErasureList({ state, onRetry, baseUrl }: ErasureListProps) {
  const styles = useStyles()
  if (state.status === 'loading')
    return (
      <Skeleton aria-label="Loading the erasures">
        <SkeletonItem size={32} />
      </Skeleton>
    )
  if (state.status === 'failed')
    return <ProblemBar title="The erasures did not load" problem={state.error} onRetry={onRetry} />
  if (state.value.length === 0) return <p className={styles.text}>Nobody has been erased yet.</p>
  return (
    <ul className={styles.list} aria-label="Erasures">
      {state.value.map((erasure) => (
        <ErasureRow key={erasure.id} erasure={erasure} baseUrl={baseUrl} />
      ))}
    </ul>
  )
}

function ErasureRow({ erasure, baseUrl }: { erasure: Erasure; baseUrl: string }) {
  const styles = useStyles()
  const { id, state, askedAt, figures } = erasure
  const { word, color } = STATES[state]
  const lines = figureLines(figures)
  const report = `${baseUrl}/api/v1/people/erasures/${encodeURIComponent(id)}/report`
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <Badge appearance="tint" shape="rounded" color={color}>
          {word}
        </Badge>
        <span>
          Asked for <time dateTime={askedAt}>{new Date(askedAt).toLocaleString()}</time>
        </span>
        <span className={styles.quiet}>
          <code className={styles.id}>{id}</code>
          <CopyButton text={id} label="Copy the id of this erasure" />
        </span>
      </div>
      <Progress erasure={erasure} />
      {state === 'done' && (
        <>
          <span className={styles.quiet}>
            {lines.length > 0 ? `Erased: ${lines.join(', ')}.` : 'There was nothing to erase.'}
          </span>
          <div>
            <LinkButton href={report} size="small" icon={<ArrowDownload16Regular />}>
              Download the signed report
            </LinkButton>
          </div>
        </>
      )}
    </li>
  )
}

function Progress({ erasure: { state, done, total } }: { erasure: Erasure }) {
  const styles = useStyles()
  if (state === 'done') return null
  if (state === 'waiting')
    return (
      <span className={styles.quiet}>
        All that was found is erased. After two minutes FlowCRM looks once more, in case something
        came in meanwhile; then there is a report.
      </span>
    )
  const words = `${done.toLocaleString()} of ${total.toLocaleString()} e-mails erased`
  return (
    <div>
      <ProgressBar
        aria-label="Progress of the erasure"
        aria-valuetext={words}
        {...(total > 0 && { value: done / total })}
      />
      <span className={styles.quiet}>{words}</span>
    </div>
  )
}

const useStyles = makeStyles({
  text: { margin: 0 },
  list: { ...plainList, display: 'grid', rowGap: tokens.spacingVerticalL },
  row: { display: 'grid', rowGap: tokens.spacingVerticalXS, minWidth: 0 },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
  },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  id: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
})
