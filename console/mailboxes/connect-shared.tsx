import {
  Button,
  Field,
  Input,
  makeStyles,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components'
import { useState } from 'react'
import { ConnectAppMailbox, Mailbox } from '../../models/wire/mailbox.ts'
import { ApiError, toFailure } from '../../ui/api/api-error.ts'
import type { Api } from '../../ui/api/client.ts'
import type { Failure } from '../../ui/api/failure.ts'
import { DialogFrame } from '../../ui/components/dialog-frame.tsx'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { LinkButton } from '../shell/link-button.tsx'

export type ConnectSharedProps = { api: Api; onConnected: (mailbox: Mailbox) => void }

type Progress =
  | { status: 'idle' }
  | { status: 'wrong-address' }
  | { status: 'connecting' }
  | { status: 'failed'; error: Failure }

/** For admins: the button "Connect a shared mailbox" and the dialog behind it. */
export function ConnectShared(props: ConnectSharedProps) {
  const [open, setOpen] = useState(false)
  const focusTarget = useRestoreFocusTarget()
  return (
    <>
      <Button {...focusTarget} onClick={() => setOpen(true)}>
        Connect a shared mailbox
      </Button>
      {open && <ConnectSharedDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

type ConnectSharedDialogProps = ConnectSharedProps & { onClose: () => void }

function ConnectSharedDialog({ api, onConnected, onClose }: ConnectSharedDialogProps) {
  const styles = useStyles()
  const [address, setAddress] = useState('')
  const [progress, setProgress] = useState<Progress>({ status: 'idle' })
  const connecting = progress.status === 'connecting'

  const handleSubmit = () => {
    if (connecting) return
    const body = ConnectAppMailbox.safeParse({ address: address.trim() })
    if (!body.success) return setProgress({ status: 'wrong-address' })
    setProgress({ status: 'connecting' })
    api.send('POST', '/api/v1/mailboxes', body.data, Mailbox).then(
      (mailbox) => {
        onClose()
        onConnected(mailbox)
      },
      (error: unknown) => setProgress({ status: 'failed', error: toFailure(error) }),
    )
  }

  return (
    <DialogFrame
      title="Connect a shared mailbox"
      actions={
        <Button appearance="primary" type="submit" disabledFocusable={connecting}>
          {connecting ? 'Connecting…' : 'Connect'}
        </Button>
      }
      onSubmit={handleSubmit}
      onClose={onClose}
    >
      <p className={styles.hint}>
        FlowCRM reads it with the organization’s own permission, so nobody’s sign-in can expire.
      </p>
      {progress.status === 'failed' && <Refused error={progress.error} />}
      <Field
        label="Address of the mailbox"
        required
        {...(progress.status === 'wrong-address' && WRONG_ADDRESS)}
      >
        <Input
          type="email"
          autoComplete="off"
          value={address}
          onChange={(_event, { value }) => setAddress(value)}
        />
      </Field>
    </DialogFrame>
  )
}

const WRONG_ADDRESS = { validationMessage: 'Write a whole address, such as sales@contoso.com.' }

function Refused({ error }: { error: Failure }) {
  return (
    <ProblemBar
      title="The mailbox was not connected"
      problem={error}
      action={
        mayNeedConsent(error) && (
          <LinkButton href="/auth/admin-consent" size="small">
            Grant admin consent
          </LinkButton>
        )
      }
    />
  )
}

/** Microsoft refused: most often because nobody has allowed the app to read mailboxes yet. */
const mayNeedConsent = (error: Failure): boolean =>
  error instanceof ApiError && (error.status === 403 || error.status === 409)

const useStyles = makeStyles({ hint: { color: tokens.colorNeutralForeground2 } })
