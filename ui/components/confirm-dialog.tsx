import { Button } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { DialogFrame } from './dialog-frame.tsx'
import { ProblemBar } from './problem-bar.tsx'
import type { SavingStatus } from '../hooks/use-saving.ts'

export type ConfirmDialogProps = {
  title: string
  /** What will happen. */
  children: ReactNode
  /** The word of the button that does it: "Go back". */
  confirm: string
  /** How far it is, where this stays open until it is done. */
  doing?: SavingStatus
  /** What did not work, as a title: "The rules are as they were". */
  failed?: string
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that many notice. Mounted while it is open. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, onConfirm, onClose } = props
  const { doing = 'idle', failed = 'It was not done' } = props
  const isDoing = doing === 'saving'
  return (
    <DialogFrame
      title={title}
      modalType="alert"
      actions={
        <Button appearance="primary" disabledFocusable={isDoing} onClick={onConfirm}>
          {isDoing ? 'One moment…' : confirm}
        </Button>
      }
      onClose={() => !isDoing && onClose()}
    >
      {children}
      {typeof doing === 'object' && <ProblemBar title={failed} problem={doing} />}
    </DialogFrame>
  )
}
