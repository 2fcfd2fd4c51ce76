import {
  Avatar,
  Badge,
  Link,
  mergeClasses,
  useRestoreFocusTarget,
} from '@fluentui/react-components'
import { Attach16Regular } from '@fluentui/react-icons/svg/attach'
import { memo } from 'react'
import type { Email, Party } from '../../models/wire/email.ts'
import { mailTime } from '../mail-time.ts'
import { useEmailRowStyles } from './email-row-styles.ts'
import { Hidden, UnreadWord } from './hidden.tsx'
import { isUnread, sightingWords } from './sightings.ts'

export type EmailRowProps = {
  email: Email
  now: Date
  /** It came while the reader was looking. */
  isNew?: boolean
  /** Opens it; without, there is nothing to open. */
  onOpen?: ((email: Email) => void) | undefined
}

/** One e-mail of the list. Text of others carries its own direction; ours keeps the page's. */
export const EmailRow = memo(function EmailRow(props: EmailRowProps) {
  const { email, now, isNew = false, onOpen } = props
  const styles = useEmailRowStyles()
  const focusReturnsHere = useRestoreFocusTarget() // from whatever `onOpen` opens
  const unread = isUnread(email)
  const from = email.from ? nameOf(email.from) : 'Unknown sender'
  const time = mailTime(email.receivedAt, now)
  return (
    <li className={mergeClasses(styles.row, isNew && styles.fresh)}>
      <Avatar name={from} size={32} color="colorful" aria-hidden className={styles.avatar} />
      <div className={styles.people}>
        <bdi
          className={mergeClasses(styles.from, unread && styles.unread)}
          title={email.from?.address}
        >
          {from}
        </bdi>
        {email.to.length > 0 && <span className={styles.to}>to {recipients(email.to)}</span>}
      </div>
      <div className={styles.when}>
        {isNew && (
          <Badge appearance="tint" color="brand" shape="rounded">
            New
          </Badge>
        )}
        {email.hasAttachments && (
          <span className={styles.mark} title="Has attachments">
            <Attach16Regular />
            <Hidden>Has attachments</Hidden>
          </span>
        )}
        <time dateTime={email.receivedAt} title={time.full}>
          {time.short}
        </time>
      </div>
      <div className={mergeClasses(styles.subject, unread && styles.unread)} dir="auto">
        {onOpen ? (
          <Link
            as="button"
            appearance="subtle"
            dir="auto"
            {...focusReturnsHere}
            onClick={() => onOpen(email)}
          >
            <Subject subject={email.subject} isUnread={unread} />
          </Link>
        ) : (
          <Subject subject={email.subject} isUnread={unread} />
        )}
      </div>
      {email.preview && (
        <div className={styles.preview} dir="auto">
          {email.preview}
        </div>
      )}
      <ul className={styles.sightings} aria-label="Seen in">
        {email.sightings.map((sighting) => (
          <li key={`${sighting.via} ${sighting.mailboxAddress} ${sighting.folderName}`}>
            <bdi>{sightingWords(sighting)}</bdi>
          </li>
        ))}
      </ul>
    </li>
  )
})

function Subject({ subject, isUnread }: { subject: string; isUnread: boolean }) {
  return (
    <>
      {isUnread && <UnreadWord />}
      {subject || <em>No subject</em>}
    </>
  )
}

const nameOf = ({ name, address }: Party): string => name || address

/** The first recipient and how many more there are. */
function recipients([first, ...others]: Party[]) {
  return (
    <>
      {first && <bdi>{nameOf(first)}</bdi>}
      {others.length > 0 && ` +${others.length}`}
    </>
  )
}
