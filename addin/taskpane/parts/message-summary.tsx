import { Body1Strong, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import type { Party } from '../../../models/wire/email.ts'
import type { OpenMessage } from '../../office/item.ts'
import { useTongue } from '../language/use-tongue.ts'
import { When } from '../language/when.tsx'

const nameOf = ({ name, address }: Party) => name || address

/** Which message the pane speaks about: subject, people and time, so that a pane left behind is noticed. */
export function MessageSummary({ message }: { message: OpenMessage }) {
  const styles = useStyles()
  const { dir } = useTongue()
  const { subject, from, to, cc, sentAt } = message
  const people = [...to, ...cc].map(nameOf)
  return (
    <section className={styles.summary} aria-label="Open message">
      <Body1Strong as="h2" className={styles.subject} dir="auto">
        {subject || '(no subject)'}
      </Body1Strong>
      <Caption1 as="p" className={styles.line} dir={dir}>
        <bdi>{from ? nameOf(from) : 'Unknown sender'}</bdi>
        {sentAt && (
          <>
            {' · '}
            <When iso={sentAt} />
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
