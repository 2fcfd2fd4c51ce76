import { Button, useRestoreFocusTarget } from '@fluentui/react-components'
import { Settings16Regular } from '@fluentui/react-icons/svg/settings'
import { useState } from 'react'
import type { Mailbox } from '../../../models/wire/mailbox.ts'
import type { Api } from '../../../ui/api/client.ts'
import { SettingsDialog } from './settings-dialog.tsx'

export type SettingsButtonProps = {
  api: Api
  mailbox: Mailbox
  onChanged: (mailbox: Mailbox) => void
}

/** The way to the settings of a mailbox; the focus comes back to it. */
export function SettingsButton({ api, mailbox, onChanged }: SettingsButtonProps) {
  const focusTarget = useRestoreFocusTarget()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        {...focusTarget}
        size="small"
        appearance="subtle"
        icon={<Settings16Regular />}
        aria-label={`Settings of ${mailbox.address}`}
        onClick={() => setIsOpen(true)}
      >
        Settings
      </Button>
      {isOpen && (
        <SettingsDialog
          api={api}
          mailbox={mailbox}
          onClose={() => setIsOpen(false)}
          onSaved={onChanged}
        />
      )}
    </>
  )
}
