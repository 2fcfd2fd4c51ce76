import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useState, type SyntheticEvent } from 'react'

export type MailFrameProps = {
  /** Where the cleaned body is, without its query. */
  address: string
  subject: string
}

/** The body of a mail, in a frame where nothing runs. Pictures from elsewhere are loaded when the reader says so. */
export function MailFrame({ address, subject }: MailFrameProps) {
  const styles = useStyles()
  const [remote, setRemote] = useState(false)
  const [blocked, setBlocked] = useState(0)
  const handleLoad = ({ currentTarget }: SyntheticEvent<HTMLIFrameElement>) =>
    setBlocked(Number(currentTarget.contentDocument?.documentElement.dataset['blockedRemote'] ?? 0))

  return (
    <>
      {blocked > 0 && (
        <MessageBar intent="info" className={styles.bar}>
          <MessageBarBody>
            {blocked === 1 ? 'One picture was' : `${blocked} pictures were`} not loaded. Loading
            tells the sender that you read this mail, when, and about where.
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => setRemote(true)}>
              Show pictures
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <iframe
        className={styles.frame}
        title={`Text of ${subject || 'the mail without a subject'}`}
        src={remote ? `${address}?remote=show` : address}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        onLoad={handleLoad}
      />
    </>
  )
}

const useStyles = makeStyles({
  bar: { paddingBlock: tokens.spacingVerticalS },
  frame: {
    boxSizing: 'border-box',
    width: '100%',
    height: '52vh',
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: '#fff', // mails are written for white paper, in any theme
  },
})
