import { Body1Strong, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import type { Party } from '../../../models/wire/email.ts'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { mailTime } from '../../../ui/mail-time.ts'
import type { OpenMessage } from '../../office/item.ts'

const nameOf = ({ name, address }: Party) => name || address

/** Which message the pane speaks about: subject, people and time, so that a pane left behind is noticed. */
export function MessageSummary({ message }: { message: OpenMessage }) {
  const styles = useStyles()
  const now = useNow()
  const { subject, from, to, cc, sentAt } = message
  const people = [...to, ...cc].map(nameOf)
  const time = sentAt ? mailTime(sentAt, now) : null
  return (
    <section className={styles.summary} aria-label="Open message">
      <Body1Strong as="h2" className={styles.subject} dir="auto">
        {subject || '(no subject)'}
      </Body1Strong>
      <Caption1 as="p" className={styles.line}>
        <bdi>{from ? nameOf(from) : 'Unknown sender'}</bdi>
        {time && sentAt && (
          <>
            {' · '}
            <time dateTime={sentAt} title={time.full}>
              {time.short}
            </time>
          </>
        )}
      </Caption1>
      {people.length > 0 && (
        <Caption1 as="p" className={styles.line} truncate wrap={false}>
          To <bdi>{people.join(', ')}</bdi>
        </Caption1>
      )}
    </section>
  )
}

const useStyles = makeStyles({
  summary: { display: 'grid', rowGap: tokens.spacingVerticalXXS, minWidth: 0 },
  subject: { margin: 0, overflowWrap: 'anywhere' },
  line: { margin: 0, color: tokens.colorNeutralForeground2, overflow: 'hidden' },
})
