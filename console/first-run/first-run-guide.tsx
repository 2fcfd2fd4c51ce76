import {
  Button,
  ProgressBar,
  makeStyles,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components'
import { FolderOpen20Regular } from '@fluentui/react-icons/svg/folder-open'
import { useId, type ReactNode } from 'react'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import type { Session } from '../../models/wire/session.ts'
import { card } from '../shell/look.ts'
import { ForOrganization } from './for-organization.tsx'
import { GuideStep } from './guide-step.tsx'
import { firstSteps } from './steps.ts'

export type FirstRunGuideProps = {
  session: Session
  mailboxes: readonly Mailbox[]
  /** How many e-mails are in the CRM; null: not known, or none. */
  emails?: number | null
  /** The ways to connect. */
  connect: ReactNode
  onChooseFolders: (mailbox: Mailbox) => void
  /** Null: there is nothing else to see yet. */
  onHide: (() => void) | null
}

/** From signing in to the first mail: three steps, each with where it stands. */
export function FirstRunGuide(props: FirstRunGuideProps) {
  const { session, mailboxes, emails = null, connect, onChooseFolders, onHide } = props
  const styles = useStyles()
  const titleId = useId()
  const focusTarget = useRestoreFocusTarget()
  const steps = firstSteps(mailboxes)
  const unwatched = mailboxes.find(
    ({ folders, status }) => folders.length === 0 && status !== 'disconnected',
  )
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <div className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          Your mail in the CRM, in three steps
        </h2>
        {onHide && (
          <Button appearance="subtle" size="small" onClick={onHide}>
            Hide this guide
          </Button>
        )}
      </div>
      <ol className={styles.steps}>
        <GuideStep number={1} title="Connect a mailbox" state={steps.connect}>
          {steps.connect === 'now' && (
            <>
              <p className={styles.text}>
                FlowCRM reads the mail in the folders you choose, and asks for the permission
                Mail.Read. It changes nothing in the mailbox unless that is chosen under Rules, and
                only then asks for more. It never sends or deletes mail.
              </p>
              {connect}
            </>
          )}
        </GuideStep>
        <GuideStep number={2} title="Choose folders" state={steps.choose}>
          {steps.choose !== 'done' && (
            <p className={styles.text}>
              Most people choose Inbox and Sent Items. Nothing is read before you choose.
            </p>
          )}
          {steps.choose === 'now' && unwatched && (
            <Button
              {...focusTarget}
              appearance="primary"
              icon={<FolderOpen20Regular />}
              onClick={() => onChooseFolders(unwatched)}
            >
              Choose folders now
            </Button>
          )}
        </GuideStep>
        <GuideStep number={3} title="Watch the first mail arrive" state={steps.arrive}>
          {steps.arrive === 'now' ? (
            <Reading {...steps.read} emails={emails} />
          ) : (
            <p className={styles.text}>
              Earlier mail is read, the newest first, and new mail appears by itself.
            </p>
          )}
        </GuideStep>
      </ol>
      {session.roles.includes('admin') && <ForOrganization />}
    </section>
  )
}

type ReadingProps = { done: number; total: number; emails: number | null }

function Reading({ done, total, emails }: ReadingProps) {
  const styles = useStyles()
  const words = `${done.toLocaleString()} of ${total.toLocaleString()} messages read`
  return (
    <div className={styles.reading}>
      <ProgressBar
        aria-label="The first reading"
        aria-valuetext={words}
        max={Math.max(total, 1)}
        value={done}
        thickness="large"
      />
      <p className={styles.text}>
        {words}.{' '}
        {emails
          ? `${emails.toLocaleString()} ${emails === 1 ? 'e-mail is' : 'e-mails are'} in the CRM already. Internal mail stays out, unless your rules say otherwise.`
          : 'The first e-mails appear in a moment. You need not wait: it goes on without this page.'}
      </p>
    </div>
  )
}

const useStyles = makeStyles({
  card: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalL,
    boxSizing: 'border-box',
    width: '100%',
    padding: tokens.spacingHorizontalXL,
    ...card,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'start',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  steps: {
    display: 'grid',
    rowGap: tokens.spacingVerticalL,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  text: { margin: 0, maxWidth: '44rem', color: tokens.colorNeutralForeground2 },
  reading: {
    display: 'grid',
    rowGap: tokens.spacingVerticalXS,
    width: '100%',
    maxWidth: '30rem',
  },
})
