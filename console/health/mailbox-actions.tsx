import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { Mailbox } from '../../models/wire/mailbox.ts'
import { toFailure } from '../../ui/api/api-error.ts'
import type { Api } from '../../ui/api/client.ts'
import type { Failure } from '../../ui/api/failure.ts'
import { useAnnounce } from '../../ui/components/announcer.tsx'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { DisconnectButton } from '../mailboxes/disconnect-button.tsx'
import { SettingsButton } from '../mailboxes/settings/settings-button.tsx'

export type MailboxActionsProps = {
  api: Api
  mailbox: Mailbox
  onChanged: (mailbox: Mailbox) => void
}

const ACTIONS = {
  sync: { word: 'Ask for new mail', said: 'Every folder is asked now.' },
  reconcile: { word: 'Compare now', said: 'Every folder is compared with the mailbox now.' },
  pause: { word: 'Pause', said: 'Paused. Nothing is read until you resume it.' },
  resume: { word: 'Resume', said: 'Resumed.' },
} as const
type Action = keyof typeof ACTIONS

/** What can be asked of a mailbox at any time. */
export function MailboxActions({ api, mailbox, onChanged }: MailboxActionsProps) {
  const styles = useStyles()
  const announce = useAnnounce()
  const [doing, setDoing] = useState<Action | null>(null)
  const [problem, setProblem] = useState<Failure | null>(null)
  const { id, status, paused, folders } = mailbox
  if (status === 'disconnected') return null

  const run = (action: Action) => {
    setDoing(action)
    setProblem(null)
    const path = `/api/v1/mailboxes/${encodeURIComponent(id)}/${action}`
    api
      .send('POST', path, undefined, Mailbox)
      .then(
        (changed) => {
          onChanged(changed)
          announce(ACTIONS[action].said)
        },
        (error: unknown) => setProblem(toFailure(error)),
      )
      .finally(() => setDoing(null))
  }
  const offered: Action[] = paused
    ? ['resume']
    : folders.length > 0
      ? ['sync', 'reconcile', 'pause']
      : ['pause']
  return (
    <>
      {problem && <ProblemBar title="That did not work" problem={problem} />}
      <div className={styles.actions}>
        {offered.map((action) => (
          <Button
            key={action}
            size="small"
            appearance="subtle"
            disabledFocusable={doing !== null}
            onClick={() => run(action)}
          >
            {ACTIONS[action].word}
          </Button>
        ))}
        <SettingsButton api={api} mailbox={mailbox} onChanged={onChanged} />
        <DisconnectButton api={api} mailbox={mailbox} onChanged={onChanged} />
      </div>
    </>
  )
}

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
})
