import { Button, Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowClockwise16Regular } from '@fluentui/react-icons/svg/arrow-clockwise'
import { ArrowDownload16Regular } from '@fluentui/react-icons/svg/arrow-download'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { AuditPage, type AuditRecord } from '../../../models/wire/audit.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useSettled } from '../../../ui/hooks/use-settled.ts'
import { LoadMore } from '../../paging/load-more.tsx'
import { pathWith, usePages } from '../../paging/use-pages.ts'
import { useRemembered } from '../../router/remembered.tsx'
import { LinkButton } from '../../shell/link-button.tsx'
import { plainList } from '../../shell/look.ts'
import type { Visit } from '../../visit.ts'
import { useNames } from '../members/use-names.ts'
import { Section } from '../../shell/section.tsx'
import { AuditRow } from './audit-row.tsx'
import { ChainCheck } from './chain-check.tsx'
import { FilterForm } from './filter-form.tsx'
import { runsOf } from './runs.ts'
import { isFiltered, NO_FILTER, queryOf, type FilterFields } from './filter.ts'

/** Long enough that an id is not asked for letter by letter. */
const TYPING_MS = 300

/** Who did what: all of it or what is asked for, to be read, checked and taken along. */
export function AuditPanel({ api, baseUrl }: Visit) {
  const names = useNames(api)
  const [fields, setFields] = useRemembered('audit filter', NO_FILTER)
  const wanted = useSettled(fields, TYPING_MS)
  const heading = useRef<HTMLHeadingElement>(null)
  const narrow = useCallback(
    (change: Partial<FilterFields>) => {
      setFields((was) => ({ ...was, ...change }))
      heading.current?.focus() // the entry that it was asked from may be gone then
    },
    [setFields],
  )
  return (
    <>
      <ChainCheck api={api} />
      <Section
        title="Who did what"
        headingRef={heading}
        intro="Every look at an e-mail, every change and every download of your organization, the newest first. Days are those of your time zone."
      >
        <FilterForm fields={fields} names={names} onChange={setFields} />
        <Downloads baseUrl={baseUrl} wanted={wanted} />
        <Records api={api} names={names} wanted={wanted} onNarrow={narrow} />
      </Section>
    </>
  )
}

/** The log as it is filtered, as a file. */
function Downloads({ baseUrl, wanted }: { baseUrl: string; wanted: FilterFields }) {
  const styles = useStyles()
  const fileOf = (format: string) =>
    baseUrl + pathWith('/api/v1/audit/export', { ...queryOf(wanted), format })
  return (
    <div className={styles.ways}>
      <LinkButton href={fileOf('csv')} size="small" icon={<ArrowDownload16Regular />}>
        Download as CSV
      </LinkButton>
      <LinkButton href={fileOf('jsonl')} size="small" icon={<ArrowDownload16Regular />}>
        Download as JSON lines
      </LinkButton>
      <span className={styles.quiet}>
        With the same choice. A download is itself written to the log.
      </span>
    </div>
  )
}

type RecordsProps = {
  api: Visit['api']
  names: ReturnType<typeof useNames>
  wanted: FilterFields
  onNarrow: (change: Partial<FilterFields>) => void
}

const NONE: readonly AuditRecord[] = []

function Records({ api, names, wanted, onNarrow }: RecordsProps) {
  const styles = useStyles()
  const list = usePages<AuditRecord>(
    async (cursor) => {
      const path = pathWith('/api/v1/audit', { ...queryOf(wanted), cursor })
      const { entries, nextCursor } = await api.get(path, AuditPage)
      return { items: entries, nextCursor }
    },
    [api, wanted],
  )
  const { state, reload } = list
  useCountSaid(state.status === 'ready' && isFiltered(wanted) ? state.value.items.length : null)
  const records = state.status === 'ready' ? state.value.items : NONE
  const runs = useMemo(() => runsOf(records), [records])
  if (state.status === 'loading') return <RecordsSkeleton />
  if (state.status === 'failed')
    return <ProblemBar title="The log did not load" problem={state.error} onRetry={reload} />
  return (
    <>
      {records.length === 0 ? (
        <p role="status" className={styles.text}>
          {isFiltered(wanted)
            ? 'No entry is like that. Choose less, or show everything.'
            : 'Nothing has been written yet.'}
        </p>
      ) : (
        <ol className={styles.list} aria-label="Entries">
          {runs.map((run) => (
            <AuditRow key={run[0].seq} run={run} names={names} onNarrow={onNarrow} />
          ))}
        </ol>
      )}
      <LoadMore list={list} of="entries" />
      <div>
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowClockwise16Regular />}
          onClick={reload}
        >
          Look for newer entries
        </Button>
      </div>
    </>
  )
}

/** Says how many entries a choice has left, for those who do not see the list change. */
function useCountSaid(count: number | null): void {
  const announce = useAnnounce()
  useEffect(() => {
    if (count !== null) announce(count === 1 ? 'One entry shown.' : `${count} entries shown.`)
  }, [count, announce])
}

function RecordsSkeleton() {
  const styles = useStyles()
  return (
    <Skeleton aria-label="Loading the log" className={styles.bones}>
      {['60%', '45%', '55%', '50%'].map((width) => (
        <SkeletonItem key={width} size={24} style={{ width }} />
      ))}
    </Skeleton>
  )
}

const useStyles = makeStyles({
  ways: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
  },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  text: { margin: 0 },
  list: { ...plainList, marginInline: `calc(-1 * ${tokens.spacingHorizontalL})` },
  bones: { display: 'grid', rowGap: tokens.spacingVerticalM },
})
