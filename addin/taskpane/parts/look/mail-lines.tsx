import { Caption1, makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components'
import type { Email } from '../../../../models/wire/email.ts'
import { countOf } from '../../../../ui/count.ts'
import { useTongue } from '../../language/use-tongue.ts'
import { When } from '../../language/when.tsx'
import { Section } from '../section.tsx'

export type MailLinesProps = {
  title: string
  emails: Email[]
  total: number
  /** The one that is open. */
  openId?: string | null
}

/** E-mails, the newest first, a line or two each. */
export function MailLines({ title, emails, total, openId = null }: MailLinesProps) {
  const styles = useStyles()
  const { dir } = useTongue()
  const note = total > emails.length ? `${emails.length} of ${countOf(total)}` : undefined
  return (
    <Section title={title} note={note}>
      <ol className={styles.list} aria-label={`E-mails: ${title}`}>
        {emails.map((email) => {
          const isOpen = email.id === openId
          return (
            <li
              key={email.id}
              className={mergeClasses(styles.line, isOpen && styles.open)}
              aria-current={isOpen || undefined}
            >
              <span className={styles.subject} dir="auto">
                {subjectOf(email)}
              </span>
              <Caption1 className={styles.quiet} dir={dir}>
                <bdi>{email.from?.name || email.from?.address || 'Unknown sender'}</bdi>
                {' · '}
                <When iso={email.receivedAt} />
                {isOpen && ' · open now'}
              </Caption1>
            </li>
          )
        })}
      </ol>
    </Section>
  )
}

const subjectOf = ({ subject, visibility }: Email) =>
  subject || (visibility === 'metadata' ? '(subject not shared)' : '(no subject)')

const useStyles = makeStyles({
  list: {
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  line: {
    display: 'grid',
    paddingInlineStart: tokens.spacingHorizontalS,
    ...shorthands.borderLeft('2px', 'solid', tokens.colorNeutralStroke1),
    minWidth: 0,
  },
  open: shorthands.borderLeft('2px', 'solid', tokens.colorBrandStroke1),
  subject: {
    '[dir=rtl] &': { textAlign: 'right' },
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
})
