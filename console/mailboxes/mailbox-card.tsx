import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components'
import { FolderOpen20Regular } from '@fluentui/react-icons/svg/folder-open'
import { useId, type ReactNode } from 'react'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import { LightBadge } from '../../ui/components/light-badge.tsx'
import { LinkButton } from '../shell/link-button.tsx'
import { FolderDisclosure } from './folder-disclosure.tsx'
import { card, heading } from '../shell/look.ts'
import { waysOut, type Looker } from './mending/ways-out.ts'
import { WriteRefused } from './mending/write-refused.tsx'

export type MailboxCardProps = {
  mailbox: Mailbox
  /** Who looks at it: an admin sees others' as well. */
  session: Looker
  now: Date
  /** With many mailboxes the healthy ones show their folders only on request. */
  folded: boolean
  onChooseFolders: (mailbox: Mailbox) => void
  /** More about it, below what can be done. */
  children?: ReactNode
}

/** One mailbox: its light, what is the matter and what to do, and its folders. */
export function MailboxCard(props: MailboxCardProps) {
  const { mailbox, session, now, folded, onChooseFolders, children } = props
  const styles = useStyles()
  const focusTarget = useRestoreFocusTarget()
  const nameId = useId()
  const { displayName, address, light, status, folders } = mailbox
  const { needsSignIn, needsOwner, needsConsent } = waysOut(mailbox, session)
  return (
    <li className={styles.card} aria-labelledby={nameId}>
      <div className={styles.head}>
        <div className={styles.names}>
          <h3 id={nameId} className={styles.name}>
            <bdi>{displayName || address}</bdi>
          </h3>
          {displayName && displayName !== address && (
            <div className={styles.address}>{address}</div>
          )}
        </div>
        <LightBadge colour={light.colour} />
      </div>
      <p className={styles.sentence}>{light.sentence}</p>
      {light.todo && (
        <p className={styles.sentence}>
          <strong>What to do: </strong>
          {light.todo}
        </p>
      )}
      {needsOwner && (
        <p className={styles.sentence}>
          Only its owner can reconnect it: ask <bdi>{displayName || address}</bdi> to sign in here.
        </p>
      )}
      <WriteRefused mailbox={mailbox} session={session} />
      {folders.length > 0 && (
        <FolderDisclosure folders={folders} of={address} now={now} folded={folded} />
      )}
      <div className={styles.actions}>
        {needsSignIn && (
          <LinkButton href="/auth/connect" appearance="primary">
            Reconnect
          </LinkButton>
        )}
        {needsConsent && (
          <LinkButton href="/auth/admin-consent" appearance="primary">
            Grant admin consent
          </LinkButton>
        )}
        {status !== 'disconnected' && (
          <Button
            {...focusTarget}
            icon={<FolderOpen20Regular />}
            size={folded ? 'small' : 'medium'}
            appearance={folders.length === 0 && status === 'connected' ? 'primary' : 'secondary'}
            onClick={() => onChooseFolders(mailbox)}
          >
            Choose folders
          </Button>
        )}
      </div>
      {children}
    </li>
  )
}

const useStyles = makeStyles({
  card: {
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    ...card,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'start',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
  },
  names: { minWidth: 0 },
  name: {
    ...heading,
  },
  address: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
  sentence: { margin: 0 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})
