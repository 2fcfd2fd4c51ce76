import { makeStyles, tokens } from '@fluentui/react-components'
import { Calendar20Regular } from '@fluentui/react-icons/svg/calendar'
import { CheckmarkCircle20Regular } from '@fluentui/react-icons/svg/checkmark-circle'
import { Flag20Regular } from '@fluentui/react-icons/svg/flag'
import { Mail20Regular } from '@fluentui/react-icons/svg/mail'
import { Note20Regular } from '@fluentui/react-icons/svg/note'
import { TaskListSquareLtr20Regular } from '@fluentui/react-icons/svg/task-list-square-ltr'
import { memo, type ReactElement } from 'react'
import { isUnread } from '../../../ui/components/sightings.ts'
import { MailView } from '../../emails/reading/mail-view.tsx'
import type { OnMarked } from '../../emails/reading/use-read-state.ts'
import { unseenIsFree } from '../../shell/look.ts'
import type { Visit } from '../../visit.ts'
import { Folding, Time } from '../mail/folding.tsx'
import type { Happening } from './happenings.ts'

export type HappeningRowProps = {
  happening: Happening
  visit: Visit
  /** Told when a mail that opened here became read or unread. */
  onMarked: OnMarked
}

/** One thing that happened; a mail opens in its place. */
export const HappeningRow = memo(function HappeningRow(props: HappeningRowProps) {
  const { happening, visit, onMarked } = props
  if (happening.kind !== 'email') return <Fact {...factOf(happening)} at={happening.at} />
  const { id, subject, from, preview } = happening.email
  const writer = from ? from.name || from.address : 'Unknown sender'
  return (
    <Folding
      title={subject || 'No subject'}
      facts={preview === '' ? writer : `${writer}: ${preview}`}
      at={happening.at}
      isUnread={isUnread(happening.email)}
      icon={<Mail20Regular />}
    >
      {() => <MailView {...visit} emailId={id} onMarked={onMarked} />}
    </Folding>
  )
})

type FactProps = { icon: ReactElement; what: string; text: string; who: string }

function Fact({ icon, what, text, who, at }: FactProps & { at: string }) {
  const styles = useStyles()
  return (
    <li className={styles.row}>
      <span className={styles.icon}>{icon}</span>
      <span className={styles.what}>{what}</span>
      <Time at={at} />
      {text !== '' && (
        <span className={styles.text} dir="auto">
          {text}
        </span>
      )}
      {who !== '' && <bdi className={styles.who}>{who}</bdi>}
    </li>
  )
}

function factOf(happening: Exclude<Happening, { kind: 'email' }>): FactProps {
  switch (happening.kind) {
    case 'note': {
      const { text, by } = happening.note
      return { icon: <Note20Regular />, what: 'Note', text, who: by.name }
    }
    case 'task-created': {
      const { title: text, by } = happening.task
      return { icon: <TaskListSquareLtr20Regular />, what: 'Task added', text, who: by.name }
    }
    case 'task-done': {
      const { title: text, owner } = happening.task
      return { icon: <CheckmarkCircle20Regular />, what: 'Task done', text, who: owner.name }
    }
    case 'stage': {
      const { stage, by } = happening.change
      const what = stage === null ? 'Stage taken away' : `Stage: ${stage.name}`
      return { icon: <Flag20Regular />, what, text: '', who: by.name }
    }
    case 'meeting': {
      const { subject, attendees } = happening.meeting
      const who = attendees.map(({ name, address }) => name || address).join(', ')
      return { icon: <Calendar20Regular />, what: 'Meeting', text: subject || 'No subject', who }
    }
  }
}

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    ...unseenIsFree,
    containIntrinsicSize: 'auto 56px',
    ':not(:first-child)': {
      borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    },
  },
  icon: { display: 'grid', color: tokens.colorNeutralForeground3 },
  what: { fontWeight: tokens.fontWeightSemibold },
  text: { gridColumn: '2 / -1', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  who: {
    gridColumn: '2 / -1',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
})
