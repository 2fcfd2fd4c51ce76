import { Button, Spinner, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { Mailbox, type ChangeSettings, type MailboxSettings } from '../../../models/wire/mailbox.ts'
import { MailboxRuleSet } from '../../../models/wire/rules.ts'
import type { Api } from '../../../ui/api/client.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { DialogFrame } from '../../../ui/components/dialog-frame.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { useSaving } from '../../../ui/hooks/use-saving.ts'
import { PageLink } from '../../router/page-link.tsx'
import { addresses } from '../../router/route.ts'
import { SettingsFields } from './settings-fields.tsx'

export type SettingsDialogProps = {
  api: Api
  mailbox: Mailbox
  onClose: () => void
  /** The mailbox as it is after the change. */
  onSaved: (mailbox: Mailbox) => void
}

/** How one mailbox is read, and how much of it colleagues see. Mounted while it is open. */
export function SettingsDialog({ api, mailbox, onClose, onSaved }: SettingsDialogProps) {
  const styles = useStyles()
  const announce = useAnnounce()
  const path = `/api/v1/mailboxes/${encodeURIComponent(mailbox.id)}`
  const { state, reload } = useLoadable(() => api.get(`${path}/rules`, MailboxRuleSet), [api, path])
  const [typed, setTyped] = useState<MailboxSettings | null>(null)
  const { saving, save } = useSaving()
  const settings = typed ?? mailbox.settings
  const changes = changesOf(mailbox.settings, settings)
  const isChanged = Object.keys(changes).length > 0

  const handleSave = () => {
    if (!isChanged || saving === 'saving') return
    save(api.send('PATCH', `${path}/settings`, changes, Mailbox), (saved) => {
      onSaved(saved)
      announce('The settings are saved.')
      onClose()
    })
  }
  return (
    <DialogFrame
      title={`Settings of ${mailbox.address}`}
      content={{ className: styles.content }}
      actions={
        <Button
          appearance="primary"
          disabledFocusable={!isChanged || saving === 'saving'}
          onClick={handleSave}
        >
          {saving === 'saving' ? 'Saving…' : 'Save'}
        </Button>
      }
      onClose={onClose}
    >
      {typeof saving === 'object' && (
        <ProblemBar title="The settings were not saved" problem={saving} onRetry={handleSave} />
      )}
      {state.status === 'loading' && <Spinner label="Loading the settings" />}
      {state.status === 'failed' && (
        <ProblemBar title="The settings did not load" problem={state.error} onRetry={reload} />
      )}
      {state.status === 'ready' && (
        <>
          <SettingsFields
            settings={settings}
            before={mailbox.settings}
            rules={state.value}
            onChange={setTyped}
          />
          <PageLink to={addresses.mailboxRules(mailbox.id)}>
            Rules: which of its mail stays out of the CRM, and what goes back to Outlook
          </PageLink>
        </>
      )}
    </DialogFrame>
  )
}

/** What is not as it was: only that is sent, so that nobody undoes what a colleague has changed meanwhile. */
function changesOf(before: MailboxSettings, now: MailboxSettings): ChangeSettings {
  return {
    ...(now.pollEveryMinutes !== before.pollEveryMinutes && {
      pollEveryMinutes: now.pollEveryMinutes,
    }),
    ...(now.windowDays !== before.windowDays && { windowDays: now.windowDays }),
    ...(now.sharing !== before.sharing && { sharing: now.sharing }),
  }
}

const useStyles = makeStyles({
  content: { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: tokens.spacingVerticalL },
})
