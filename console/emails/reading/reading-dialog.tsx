import { Button, makeStyles } from '@fluentui/react-components'
import { useRef, useState, type KeyboardEvent } from 'react'
import type { EmailDetail } from '../../../models/wire/email-detail.ts'
import type { Api } from '../../../ui/api/client.ts'
import { Announcer } from '../../../ui/components/announcer.tsx'
import { DialogFrame } from '../../../ui/components/dialog-frame.tsx'
import { MailView } from './mail-view.tsx'
import { READ_STATE_KEY } from './read-state-button.tsx'
import type { OnMarked } from './use-read-state.ts'

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
  onMarked: OnMarked
  onClose: () => void
}

/** One mail, opened. Mounted while it is open. */
export function ReadingDialog(props: ReadingDialogProps) {
  const { api, baseUrl, emailId, subject, withContacts } = props
  const { newer, older, onStep, onMarked, onClose } = props
  const styles = useStyles()
  const [opened, setOpened] = useState<EmailDetail | null>(null)
  const toggleRead = useRef<() => void>(null)
  const title = opened?.id === emailId ? opened.subject : subject
  const step = (id: string | undefined) => id !== undefined && onStep(id)
  const handleKey = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent) => {
    if (ctrlKey || altKey || metaKey) return
    if (key === 'j') step(older)
    if (key === 'k') step(newer)
    if (key === READ_STATE_KEY) toggleRead.current?.()
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
      <div className={styles.mail}>
        {/* A voice of its own: the page's is hidden behind the dialog. */}
        <Announcer>
          <MailView
            key={emailId}
            {...{ api, baseUrl, emailId, withContacts, onMarked, toggleRead }}
            onOpened={setOpened}
          />
        </Announcer>
      </div>
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

// What is hidden in it scrolls with it.
const useStyles = makeStyles({ mail: { position: 'relative', minWidth: 0 } })
