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
  tokens,
} from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { ProblemBar } from './problem-bar.tsx'
import type { SavingStatus } from '../hooks/use-saving.ts'

export type ConfirmDialogProps = {
  title: string
  /** What will happen. */
  children: ReactNode
  /** The word of the button that does it: "Go back". */
  confirm: string
  doing: SavingStatus
  /** What did not work, as a title: "The rules are as they were". */
  failed: string
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that many notice. Mounted while it is open. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, doing, failed, onConfirm, onClose } = props
  const styles = useStyles()
  return (
    <Dialog
      open
      modalType="alert"
      onOpenChange={(_event, { open }) => !open && doing !== 'saving' && onClose()}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            {children}
            {typeof doing === 'object' && <ProblemBar title={failed} problem={doing} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>Cancel</Button>
            </DialogTrigger>
            <Button appearance="primary" disabledFocusable={doing === 'saving'} onClick={onConfirm}>
              {doing === 'saving' ? 'One moment…' : confirm}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

const useStyles = makeStyles({
  content: {
    display: 'grid',
    alignContent: 'start',
    rowGap: tokens.spacingVerticalM,
    '& p': { margin: 0 },
  },
})
