import { makeStyles, tokens } from '@fluentui/react-components'
import { useId, type ReactNode } from 'react'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import { lightWord } from '../../ui/components/light-badge.tsx'
import { useNow } from '../../ui/hooks/use-now.ts'
import { MailboxCard, type MailboxCardProps } from './mailbox-card.tsx'
import { heading, plainList } from '../shell/look.ts'

/** So many mailboxes show everything; with more, the healthy ones fold. */
const UNFOLDED = 2

export type MailboxesPanelProps = {
  mailboxes: readonly Mailbox[]
  session: MailboxCardProps['session']
  onChooseFolders: (mailbox: Mailbox) => void
  /** Ways to connect more. */
  connect: ReactNode
}

/** The connected mailboxes and their lights. */
export function MailboxesPanel(props: MailboxesPanelProps) {
  const { mailboxes, session, onChooseFolders, connect } = props
  const styles = useStyles()
  const titleId = useId()
  const now = useNow()
  const many = mailboxes.length > UNFOLDED
  return (
    <section className={styles.panel} aria-labelledby={titleId}>
      <div className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          Mailboxes
        </h2>
        {many && <span className={styles.summary}>{summary(mailboxes)}</span>}
      </div>
      <ul className={styles.list} aria-label="Mailboxes">
        {mailboxes.map((mailbox) => (
          <MailboxCard
            key={mailbox.id}
            mailbox={mailbox}
            session={session}
            now={now}
            folded={many}
            onChooseFolders={onChooseFolders}
          />
        ))}
      </ul>
      {connect}
    </section>
  )
}

/** How many need a person, before one reads them all: "12, 1 needs attention". */
function summary(mailboxes: readonly Mailbox[]): string {
  const red = mailboxes.filter(({ light }) => light.colour === 'red').length
  const rest = red === 0 ? 'none needs attention' : `${red} ${lightWord('red').toLowerCase()}`
  return `${mailboxes.length}, ${rest}`
}

const useStyles = makeStyles({
  panel: { display: 'grid', alignContent: 'start', rowGap: tokens.spacingVerticalM, minWidth: 0 },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalS,
  },
  title: {
    ...heading,
  },
  summary: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  list: {
    ...plainList,
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
  },
})
