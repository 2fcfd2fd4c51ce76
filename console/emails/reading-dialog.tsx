import { Button } from '@fluentui/react-components'
import { useState, type KeyboardEvent } from 'react'
import type { EmailDetail } from '../../models/wire/email-detail.ts'
import type { Api } from '../../ui/api/client.ts'
import { DialogFrame } from '../../ui/components/dialog-frame.tsx'
import { MailView } from './mail-view.tsx'

export type ReadingDialogProps = {
  api: Api
  baseUrl: string
  emailId: string
  /** Where it is known already. */
  subject: string | undefined
  /** Whether the reader may go to its contacts. */
  withContacts: boolean
  /** Those beside it in the list, by their ids; undefined: there is none, or it is not known. */
  newer: string | undefined
  older: string | undefined
  onStep: (emailId: string) => void
  onClose: () => void
}

/** One mail, opened. Mounted while it is open. */
export function ReadingDialog(props: ReadingDialogProps) {
  const { api, baseUrl, emailId, subject, withContacts, newer, older, onStep, onClose } = props
  const [opened, setOpened] = useState<EmailDetail | null>(null)
  const title = opened?.id === emailId ? opened.subject : subject
  const step = (id: string | undefined) => id !== undefined && onStep(id)
  const handleKey = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent) => {
    if (ctrlKey || altKey || metaKey) return
    if (key === 'j') step(older)
    if (key === 'k') step(newer)
  }
  return (
    <DialogFrame
      title={<span dir="auto">{title === undefined ? 'E-mail' : title || 'No subject'}</span>}
      leave="Close"
      actionsAtStart={
        <>
          <StepButton word="Newer" keyName="k" to={newer} onStep={onStep} />
          <StepButton word="Older" keyName="j" to={older} onStep={onStep} />
        </>
      }
      maxWidth="60rem"
      onKeyDown={handleKey}
      onClose={onClose}
    >
      <MailView key={emailId} {...{ api, baseUrl, emailId, withContacts }} onOpened={setOpened} />
    </DialogFrame>
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
