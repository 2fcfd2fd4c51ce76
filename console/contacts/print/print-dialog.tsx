import { Button, ProgressBar, makeStyles, tokens } from '@fluentui/react-components'
import { useRef } from 'react'
import { DialogFrame } from '../../../ui/components/dialog-frame.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import type { Visit } from '../../visit.ts'
import { writePage } from './print-page.ts'
import { useWholeThread } from './use-whole-thread.ts'

export type PrintThreadProps = { threadId: string; subject: string; visit: Visit }

/**
 * A conversation as it would be printed, all of it. The page is a frame of its own, in which nothing runs: so it is printed
 * at its full length, without what is around it.
 */
export function PrintDialog(props: PrintThreadProps & { onClose: () => void }) {
  const { threadId, subject, visit, onClose } = props
  const styles = useStyles()
  const frame = useRef<HTMLIFrameElement>(null)
  const { state, reload, done, total } = useWholeThread(visit.api, threadId)
  const words = total === 0 ? 'Loading' : `${done} of ${total} e-mails`
  return (
    <DialogFrame
      title="Print this conversation"
      content={{ className: styles.content }}
      leave="Close"
      actions={
        <Button
          appearance="primary"
          disabledFocusable={state.status !== 'ready'}
          onClick={() => frame.current?.contentWindow?.print()}
        >
          Print
        </Button>
      }
      maxWidth="56rem"
      onClose={onClose}
    >
      {state.status === 'loading' && (
        <>
          <span>{words}</span>
          <ProgressBar
            aria-label="E-mails loaded"
            aria-valuetext={words}
            max={Math.max(total, 1)}
            value={done}
          />
        </>
      )}
      {state.status === 'failed' && (
        <ProblemBar
          title="The conversation did not load completely"
          problem={state.error}
          onRetry={reload}
        />
      )}
      {state.status === 'ready' && (
        <iframe
          ref={frame}
          className={styles.frame}
          title="What is printed"
          srcDoc="<!doctype html>"
          sandbox="allow-same-origin allow-modals"
          referrerPolicy="no-referrer"
          onLoad={({ currentTarget: { contentDocument } }) =>
            contentDocument && writePage(contentDocument, { subject, emails: state.value })
          }
        />
      )}
    </DialogFrame>
  )
}

const useStyles = makeStyles({
  content: { rowGap: tokens.spacingVerticalS },
  frame: {
    boxSizing: 'border-box',
    width: '100%',
    height: '60vh',
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: '#fff', // paper
  },
})
