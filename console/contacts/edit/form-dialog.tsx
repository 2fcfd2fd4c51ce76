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
import type { FormEvent, ReactNode } from 'react'

export type FormDialogProps = {
  title: string
  /** The word on the button that does it, and while it is done. */
  does: string
  doing: string
  isDoing: boolean
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A form over the page. Mounted while it is open. */
export function FormDialog(props: FormDialogProps) {
  const { title, does, doing, isDoing, onSubmit, onClose, children } = props
  const styles = useStyles()
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!isDoing) onSubmit()
  }
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface>
        <form onSubmit={handleSubmit} noValidate>
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.content}>{children}</DialogContent>
            <DialogActions>
              <DialogTrigger disableButtonEnhancement>
                <Button>Cancel</Button>
              </DialogTrigger>
              <Button appearance="primary" type="submit" disabledFocusable={isDoing}>
                {isDoing ? doing : does}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}

const useStyles = makeStyles({
  content: {
    display: 'grid',
    alignContent: 'start',
    rowGap: tokens.spacingVerticalM,
    paddingBlockEnd: tokens.spacingVerticalS,
  },
})
