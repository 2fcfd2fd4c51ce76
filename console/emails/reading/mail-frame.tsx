import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  ProgressBar,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components'
import { useState, type CSSProperties, type SyntheticEvent } from 'react'
import { notOnPaper } from '../../shell/look.ts'

/** A longer mail is scrolled in its frame. */
const TALLEST = '52vh'
/** The frame's own border, and room for a bar that scrolls sideways. */
const EDGES_PX = 20

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
  const [height, setHeight] = useState<number | null>(null)
  const [isThere, setIsThere] = useState(false)
  const handleLoad = ({ currentTarget }: SyntheticEvent<HTMLIFrameElement>) => {
    const root = currentTarget.contentDocument?.documentElement
    setIsThere(true)
    setBlocked(Number(root?.dataset['blockedRemote'] ?? 0))
    setHeight(root && root.offsetHeight > 0 ? root.offsetHeight + EDGES_PX : null)
  }

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
      <div className={styles.sheet}>
        {!isThere && <ProgressBar className={styles.loading} aria-label="Loading the mail" />}
        <iframe
          className={mergeClasses(styles.frame, isThere && styles.paper)}
          style={height === null ? {} : heightOf(height)}
          title={`Text of ${subject || 'the mail without a subject'}`}
          src={remote ? `${address}?remote=show` : address}
          sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          onLoad={handleLoad}
        />
      </div>
    </>
  )
}

/** What the mail would like to have; on paper it gets it. */
const heightOf = (px: number) => ({ '--whole': `${px}px` }) as CSSProperties

const useStyles = makeStyles({
  bar: { ...notOnPaper, paddingBlock: tokens.spacingVerticalS },
  sheet: { position: 'relative', width: '100%' },
  loading: { position: 'absolute' }, // the frame stays where it is
  frame: {
    display: 'block',
    boxSizing: 'border-box',
    width: '100%',
    height: `min(var(--whole, ${TALLEST}), ${TALLEST})`,
    '@media print': { height: `var(--whole, ${TALLEST})` },
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  paper: { backgroundColor: '#fff' }, // mails are written for white paper, in any theme
})
