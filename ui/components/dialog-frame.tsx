import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components'
import type { FormEvent, KeyboardEventHandler, ReactNode, RefCallback } from 'react'

export type DialogFrameProps = {
  title: ReactNode
  children: ReactNode
  /** The word of the button that leaves. */
  leave?: 'Cancel' | 'Close' | 'Done'
  /** The buttons after the one that leaves, before it, and at the other side. */
  actions?: ReactNode
  actionsBefore?: ReactNode
  actionsAtStart?: ReactNode
  /** `alert`: it is left by its buttons and Escape, not by a click beside it. */
  modalType?: 'modal' | 'alert'
  /** Where more room than Fluent's is wanted: "56rem". Never wider than the window. */
  maxWidth?: string
  /** Of what stands between the title and the buttons. */
  content?: { className?: string; ref?: RefCallback<HTMLDivElement>; tabIndex?: number }
  /** Makes it a form, which is submitted by a button among the actions. */
  onSubmit?: () => void
  /** Hears all keys that are pressed in it. */
  onKeyDown?: KeyboardEventHandler
  onClose: () => void
}

/** A dialog with a title, what it is about, and buttons, one of which leaves it. Mounted while it is open. */
export function DialogFrame(props: DialogFrameProps) {
  const { modalType = 'modal', maxWidth, onSubmit, onKeyDown, onClose } = props
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit?.()
  }
  const body = <FrameBody {...props} />
  return (
    <Dialog open modalType={modalType} onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface
        onKeyDown={onKeyDown}
        style={maxWidth === undefined ? {} : { maxWidth: `min(${maxWidth}, 96vw)` }}
      >
        {onSubmit ? (
          <form onSubmit={handleSubmit} noValidate>
            {body}
          </form>
        ) : (
          body
        )}
      </DialogSurface>
    </Dialog>
  )
}

function FrameBody(props: DialogFrameProps) {
  const { title, children, leave = 'Cancel', content } = props
  const { actions, actionsBefore, actionsAtStart } = props
  const styles = useStyles()
  return (
    <DialogBody>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent {...content} className={mergeClasses(styles.content, content?.className)}>
        {children}
      </DialogContent>
      {actionsAtStart && <DialogActions position="start">{actionsAtStart}</DialogActions>}
      <DialogActions className={styles.actions}>
        {actionsBefore}
        {/* There from the start: the focus is on it while the content is on its way. */}
        <DialogTrigger disableButtonEnhancement>
          <Button>{leave}</Button>
        </DialogTrigger>
        {actions}
      </DialogActions>
    </DialogBody>
  )
}

const useStyles = makeStyles({
  content: {
    display: 'grid',
    alignContent: 'start',
    rowGap: tokens.spacingVerticalM,
    '& > p': { margin: 0 },
  },
  actions: { '& button': { whiteSpace: 'nowrap' } },
})
