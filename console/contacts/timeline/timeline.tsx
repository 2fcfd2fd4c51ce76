import { Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components'
import { useCallback, useMemo } from 'react'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { markedAs } from '../../emails/mail-window.ts'
import { LoadMore } from '../../paging/load-more.tsx'
import { usePages } from '../../paging/use-pages.ts'
import { card, heading, plainList } from '../../shell/look.ts'
import type { Visit } from '../../visit.ts'
import { useTheirMail } from '../mail/use-their-mail.ts'
import { HappeningRow } from './happening-row.tsx'
import { happeningsOf, type Happening } from './happenings.ts'

export type TimelineProps = {
  visit: Visit
  contact: Contact
  /** The contact's own path. */
  path: string
}

/** Everything that happened with a contact, the newest first, month by month. New mail shows by itself. */
export function Timeline({ contact, path, visit }: TimelineProps) {
  const styles = useStyles()
  const { api } = visit
  const { id } = contact
  const happenings = useMemo(() => happeningsOf(api, { id, path }), [api, id, path])
  const list = usePages<Happening>((place) => happenings.page(place), [happenings], keyOf)
  const { state, reload, changeEach } = list
  const handleMarked = useCallback(
    (emailId: string, isRead: boolean) => changeEach(withMark(emailId, isRead)),
    [changeEach],
  )
  useTheirMail(contact, list)

  if (state.status === 'loading') return <TimelineSkeleton />
  if (state.status === 'failed')
    return <ProblemBar title="The timeline did not load" problem={state.error} onRetry={reload} />
  const months = monthsOf(state.value.items)
  if (months.length === 0)
    return (
      <p>
        Nothing has happened with this contact yet. Mail, notes, tasks, stages and meetings show
        here.
      </p>
    )
  return (
    <>
      {months.map(({ month, items }) => (
        <section key={month} aria-label={month} className={styles.month}>
          <h2 className={styles.title}>{month}</h2>
          <ul className={styles.list}>
            {items.map((happening) => (
              <HappeningRow
                key={happening.key}
                happening={happening}
                visit={visit}
                onMarked={handleMarked}
              />
            ))}
          </ul>
        </section>
      ))}
      <LoadMore list={list} of="of the timeline" />
    </>
  )
}

const keyOf = ({ key }: Happening): string => key

const withMark =
  (emailId: string, isRead: boolean) =>
  (happening: Happening): Happening =>
    happening.kind === 'email' && happening.email.id === emailId
      ? { ...happening, email: markedAs(happening.email, isRead) }
      : happening

type Month = { month: string; items: Happening[] }

function monthsOf(happenings: readonly Happening[]): Month[] {
  const months: Month[] = []
  for (const happening of happenings) {
    const month = MONTH.format(new Date(happening.at))
    const last = months.at(-1)
    if (last?.month === month) last.items.push(happening)
    else months.push({ month, items: [happening] })
  }
  return months
}

const MONTH = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' })

function TimelineSkeleton() {
  const styles = useStyles()
  return (
    <Skeleton aria-label="Loading the timeline" className={styles.month}>
      {['60%', '45%', '70%', '50%'].map((width) => (
        <SkeletonItem key={width} size={32} style={{ width }} />
      ))}
    </Skeleton>
  )
}

const useStyles = makeStyles({
  month: { display: 'grid', rowGap: tokens.spacingVerticalS, minWidth: 0 },
  title: heading,
  list: { ...plainList, ...card, paddingBlock: tokens.spacingVerticalXS },
})
