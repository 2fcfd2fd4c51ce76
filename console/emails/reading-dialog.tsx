import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Spinner,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import type { Email, Party } from '../../models/wire/email.ts'
import { EmailDetail } from '../../models/wire/email-detail.ts'
import type { Api } from '../../ui/api/client.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../ui/hooks/use-loadable.ts'
import { MailFrame } from './mail-frame.tsx'

export type ReadingDialogProps = {
  api: Api
  baseUrl: string
  email: Email
  onClose: () => void
}

/** One mail, opened. Mounted while it is open. */
export function ReadingDialog({ api, baseUrl, email, onClose }: ReadingDialogProps) {
  const styles = useStyles()
  const path = `/api/v1/emails/${encodeURIComponent(email.id)}`
  const { state, reload } = useLoadable(() => api.get(path, EmailDetail), [api, path])

  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>
            <span dir="auto">{email.subject || 'No subject'}</span>
          </DialogTitle>
          <DialogContent className={styles.content}>
            {state.status === 'loading' && <Spinner label="Opening the mail" />}
            {state.status === 'failed' && (
              <ProblemBar title="The mail did not open" problem={state.error} onRetry={reload} />
            )}
            {state.status === 'ready' && (
              <>
                <Header email={state.value} />
                {withheldText(state.value) ? (
                  <p className={styles.note}>{withheldText(state.value)}</p>
                ) : (
                  <MailFrame address={`${baseUrl}${path}/body`} subject={email.subject} />
                )}
              </>
            )}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>Close</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

/** Why there is no text to be shown; null: there is. */
function withheldText({ visibility, isProtected }: EmailDetail): string | null {
  if (isProtected) return 'Its text is encrypted for its recipients. Open it in Outlook to read it.'
  return visibility === 'full' ? null : 'The mailbox it came to does not share its text.'
}

/** Who wrote to whom, and when. */
function Header({ email }: { email: EmailDetail }) {
  const styles = useStyles()
  const { from, sender, to, cc, bcc, replyTo } = email
  const lines: [string, Party[]][] = [
    ['From', from ? [from] : []],
    ['Sent by', sender ? [sender] : []],
    ['To', to],
    ['Cc', cc],
    ['Bcc', bcc],
    ['Reply to', replyTo],
  ]
  return (
    <dl className={styles.header}>
      {lines
        .filter(([, parties]) => parties.length > 0)
        .map(([label, parties]) => (
          <div key={label} className={styles.line}>
            <dt className={styles.label}>{label}</dt>
            <dd className={styles.value}>
              <bdi>{parties.map(inWords).join(', ')}</bdi>
            </dd>
          </div>
        ))}
      <div className={styles.line}>
        <dt className={styles.label}>Received</dt>
        <dd className={styles.value}>
          <time dateTime={email.receivedAt}>{new Date(email.receivedAt).toLocaleString()}</time>
        </dd>
      </div>
    </dl>
  )
}

const inWords = ({ name, address }: Party): string =>
  name && name !== address ? `${name} <${address}>` : address

const useStyles = makeStyles({
  surface: { maxWidth: 'min(60rem, 96vw)' },
  content: { display: 'grid', rowGap: tokens.spacingVerticalM },
  header: { display: 'grid', rowGap: tokens.spacingVerticalXXS, margin: 0 },
  line: { display: 'flex', columnGap: tokens.spacingHorizontalS },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
  label: { flexShrink: 0, width: '5rem', color: tokens.colorNeutralForeground3 },
  value: { minWidth: 0, margin: 0, overflowWrap: 'anywhere' },
})
