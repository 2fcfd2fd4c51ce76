import { Button, Field, Textarea, makeStyles, tokens } from '@fluentui/react-components'
import { useRef, useState } from 'react'
import { ConnectAppMailbox, type Mailbox } from '../../../models/wire/mailbox.ts'
import type { Api } from '../../../ui/api/client.ts'
import { DialogFrame } from '../../../ui/components/dialog-frame.tsx'
import { connectEach, type Refusal } from './connect-each.ts'
import { Refused } from './refused.tsx'

export type ConnectSharedDialogProps = {
  api: Api
  /** Told of each when all were tried. */
  onConnected: (mailbox: Mailbox) => void
  onClose: () => void
}

type Progress =
  | { status: 'idle' }
  | { status: 'wrong'; problem: string }
  | { status: 'connecting'; done: number; of: number }
  | { status: 'refused'; refusals: readonly Refusal[] }

/** For admins: connects a shared mailbox, or as many as somebody pastes. Mounted while it is open. */
export function ConnectSharedDialog({ api, onConnected, onClose }: ConnectSharedDialogProps) {
  const styles = useStyles()
  const [text, setText] = useState('')
  const [progress, setProgress] = useState<Progress>({ status: 'idle' })
  const isOpen = useRef(true)
  const handleClose = () => {
    isOpen.current = false // what is under way is still connected, and nothing after it
    onClose()
  }
  const handleSubmit = async () => {
    if (progress.status === 'connecting') return
    const addresses = addressesIn(text)
    const problem = problemOf(addresses)
    if (problem !== null) return setProgress({ status: 'wrong', problem })
    const { mailboxes, refusals } = await connectEach(api, addresses, (done) => {
      setProgress({ status: 'connecting', done, of: addresses.length })
      return isOpen.current
    })
    if (refusals.length === 0) handleClose()
    else {
      setText(refusals.map(({ address }) => address).join('\n'))
      setProgress({ status: 'refused', refusals })
    }
    for (const mailbox of mailboxes) onConnected(mailbox)
  }
  return (
    <DialogFrame
      title="Connect a shared mailbox"
      actions={
        <Button
          appearance="primary"
          type="submit"
          disabledFocusable={progress.status === 'connecting'}
        >
          {buttonWords(progress)}
        </Button>
      }
      onSubmit={() => void handleSubmit()}
      onClose={handleClose}
    >
      <p className={styles.hint}>
        FlowCRM reads it with the organization’s own permission, so nobody’s sign-in can expire.
      </p>
      {progress.status === 'refused' && <Refused refusals={progress.refusals} />}
      <Field
        label="Address of the mailbox"
        hint="Or several, one on each line: Inbox and Sent Items of each are watched then."
        required
        {...(progress.status === 'wrong' && { validationMessage: progress.problem })}
      >
        <Textarea value={text} resize="vertical" onChange={(_event, { value }) => setText(value)} />
      </Field>
    </DialogFrame>
  )
}

/** As somebody wrote or pasted them: on lines of their own, or with commas between. */
const addressesIn = (text: string): string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((part) => part !== '')),
]

function problemOf(addresses: readonly string[]): string | null {
  const [wrong] = addresses.filter((address) => !ConnectAppMailbox.safeParse({ address }).success)
  if (addresses.length > 0 && wrong === undefined) return null
  const which = addresses.length > 1 ? `“${wrong}” is none. ` : ''
  return `${which}Write a whole address, such as sales@contoso.com.`
}

function buttonWords(progress: Progress): string {
  if (progress.status !== 'connecting') return 'Connect'
  const { done, of } = progress
  return of === 1
    ? 'Connecting…'
    : `Connecting ${(done + 1).toLocaleString()} of ${of.toLocaleString()}…`
}

const useStyles = makeStyles({ hint: { color: tokens.colorNeutralForeground2 } })
