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
} from '@fluentui/react-components'
import { useState, type KeyboardEvent } from 'react'
import type { EmailDetail } from '../../models/wire/email-detail.ts'
import type { Api } from '../../ui/api/client.ts'
import { MailView } from './mail-view.tsx'

export type ReadingDialogProps = {
  api: Api
  baseUrl: string
  emailId: string
  /** Where it is known already. */
  subject: string | undefined
  /** Those beside it in the list, by their ids; undefined: there is none, or it is not known. */
  newer: string | undefined
  older: string | undefined
  onStep: (emailId: string) => void
  onClose: () => void
}

/** One mail, opened. Mounted while it is open. */
export function ReadingDialog(props: ReadingDialogProps) {
  const { api, baseUrl, emailId, subject, newer, older, onStep, onClose } = props
  const styles = useStyles()
  const [opened, setOpened] = useState<EmailDetail | null>(null)
  const title = opened?.id === emailId ? opened.subject : subject
  const step = (id: string | undefined) => id !== undefined && onStep(id)
  const handleKey = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent) => {
    if (ctrlKey || altKey || metaKey) return
    if (key === 'j') step(older)
    if (key === 'k') step(newer)
  }
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface className={styles.surface} onKeyDown={handleKey}>
        <DialogBody>
          <DialogTitle>
            <span dir="auto">{title === undefined ? 'E-mail' : title || 'No subject'}</span>
          </DialogTitle>
          <DialogContent>
            <MailView key={emailId} {...{ api, baseUrl, emailId }} onOpened={setOpened} />
          </DialogContent>
          <DialogActions position="start">
            <StepButton word="Newer" keyName="k" to={newer} onStep={onStep} />
            <StepButton word="Older" keyName="j" to={older} onStep={onStep} />
          </DialogActions>
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

type StepButtonProps = {
  word: string
  keyName: string
  to: string | undefined
  onStep: (emailId: string) => void
}

/** To the mail beside this one; the focus stays where it is, also at the list's end. */
function StepButton({ word, keyName, to, onStep }: StepButtonProps) {
  return (
    <Button
      appearance="subtle"
      aria-keyshortcuts={keyName}
      title={`${word} (${keyName})`}
      disabledFocusable={to === undefined}
      onClick={() => to !== undefined && onStep(to)}
    >
      {word}
    </Button>
  )
}

const useStyles = makeStyles({ surface: { maxWidth: 'min(60rem, 96vw)' } })
