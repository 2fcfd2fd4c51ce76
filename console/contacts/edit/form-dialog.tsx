import { Button, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { DialogFrame } from '../../../ui/components/dialog-frame.tsx'

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
  return (
    <DialogFrame
      title={title}
      content={{ className: styles.content }}
      actions={
        <Button appearance="primary" type="submit" disabledFocusable={isDoing}>
          {isDoing ? doing : does}
        </Button>
      }
      onSubmit={() => !isDoing && onSubmit()}
      onClose={onClose}
    >
      {children}
    </DialogFrame>
  )
}

const useStyles = makeStyles({ content: { paddingBlockEnd: tokens.spacingVerticalS } })
