import { Button, Field, Radio, RadioGroup, useRestoreFocusTarget } from '@fluentui/react-components'
import { useState } from 'react'
import type { DisconnectQuery } from '../../models/wire/ending/ending.ts'
import { Mailbox } from '../../models/wire/mailbox.ts'
import type { Api } from '../../ui/api/client.ts'
import { useAnnounce } from '../../ui/components/announcer.tsx'
import { ConfirmDialog } from '../../ui/components/confirm-dialog.tsx'
import { useSaving } from '../../ui/hooks/use-saving.ts'
import { pathWith } from '../paging/use-pages.ts'

export type DisconnectButtonProps = {
  api: Api
  mailbox: Mailbox
  onChanged: (mailbox: Mailbox) => void
}

/** Ends a mailbox's connection, when somebody has said what becomes of its e-mails. */
export function DisconnectButton(props: DisconnectButtonProps) {
  const focusTarget = useRestoreFocusTarget()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button
        {...focusTarget}
        size="small"
        appearance="subtle"
        aria-label={`Disconnect ${props.mailbox.address}`}
        onClick={() => setAsking(true)}
      >
        Disconnect
      </Button>
      {asking && <DisconnectDialog {...props} onClose={() => setAsking(false)} />}
    </>
  )
}

type Mail = DisconnectQuery['mail']

function DisconnectDialog(props: DisconnectButtonProps & { onClose: () => void }) {
  const { api, mailbox, onChanged, onClose } = props
  const announce = useAnnounce()
  const { saving, save } = useSaving()
  const [mail, setMail] = useState<Mail>('keep')
  const disconnect = () => {
    const path = pathWith(`/api/v1/mailboxes/${encodeURIComponent(mailbox.id)}`, { mail })
    save(api.send('DELETE', path, undefined, Mailbox), (disconnected) => {
      onClose()
      onChanged(disconnected)
      announce(`${mailbox.address} is disconnected.`)
      document.querySelector<HTMLElement>('h1')?.focus() // the button that was pressed is gone
    })
  }
  return (
    <ConfirmDialog
      title={`Disconnect ${mailbox.address}?`}
      confirm="Disconnect"
      doing={saving}
      failed="The mailbox is still connected"
      onConfirm={disconnect}
      onClose={onClose}
    >
      <p>
        FlowCRM stops reading it. Nothing changes in the mailbox itself, and it can be connected
        again at any time.
      </p>
      <Field label="Its e-mails in the CRM">
        <RadioGroup value={mail} onChange={(_event, { value }) => setMail(value as Mail)}>
          <Radio value="keep" label="Stay, for its owner alone" />
          <Radio value="remove" label="Are removed, for good" />
        </RadioGroup>
      </Field>
      <p>E-mails that colleagues have in their mailboxes, too, stay with them in any case.</p>
    </ConfirmDialog>
  )
}
