import { Button, Spinner } from '@fluentui/react-components'
import { useState } from 'react'
import type { Contact } from '../../../../models/wire/contacts/contact.ts'
import type { Look } from '../../../../models/wire/pane/look.ts'
import { ProblemBar } from '../../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../../ui/hooks/use-loadable.ts'
import type { OpenAttachment } from '../../../office/item.ts'
import type { Pane } from '../../pane/pane.ts'
import type { LogChoices } from '../../pane/requests.ts'
import { AttachmentsNote } from '../attachments-note.tsx'
import { Disclosure } from '../disclosure.tsx'
import { AttachmentChoice, usuallyLeftOut } from './attachment-choice.tsx'
import { ContactChoice } from './contact-choice.tsx'
import type { LogMoreProps } from './log-more.tsx'

export type LogFormProps = {
  look: Look
  attachments: OpenAttachment[]
  logging: boolean
  pane: Pane
  onLog: (choices: LogChoices) => void
}

/**
 * One thing to do, with what can be chosen about it: whose it is, where it could be several; which files come along, where
 * they can be fetched; and on demand a note, or another record. The button keeps its place and the focus.
 */
export function LogForm({ look, attachments, logging, pane, onLog }: LogFormProps) {
  const [leftOut, setLeftOut] = useState<readonly string[]>([])
  const [filesOut, setFilesOut] = useState(() => usuallyLeftOut(attachments))
  const [added, setAdded] = useState<Contact[]>([])
  const [note, setNote] = useState('')
  const [more, setMore] = useState(false)
  const matched = look.contacts.map(({ contact }) => contact)
  const people = [...matched, ...added]
  const hasFiles = look.mailbox === 'connected' && attachments.length > 0
  const handleLog = () => {
    const off = matched.filter(({ id }) => leftOut.includes(id))
    const on = added.filter(({ id }) => !leftOut.includes(id))
    const pins = [...off.map(wordOn(false)), ...on.map(wordOn(true))]
    const files = attachments.filter((_, at) => filesOut.includes(at))
    onLog({
      ...(pins.length > 0 && { pins }),
      ...(hasFiles && { leftOut: files.map(({ name, size }) => ({ name, size })) }),
      ...(note.trim() !== '' && { note: note.trim() }),
    })
  }
  const handleAdd = (contact: Contact) => {
    setLeftOut(leftOut.filter((id) => id !== contact.id))
    if (!people.some(({ id }) => id === contact.id)) setAdded([...added, contact])
  }
  return (
    <>
      {hasFiles ? (
        <AttachmentChoice
          {...{ attachments, leftOut: filesOut, disabled: logging }}
          onChange={setFilesOut}
        />
      ) : (
        <AttachmentsNote attachments={attachments} />
      )}
      {(matched.length > 1 || added.length > 0) && (
        <ContactChoice {...{ people, leftOut, disabled: logging }} onChange={setLeftOut} />
      )}
      <Button
        appearance="primary"
        disabledFocusable={logging}
        icon={logging ? <Spinner size="tiny" aria-hidden /> : null}
        onClick={handleLog}
      >
        {logging ? 'Logging…' : 'Log to CRM'}
      </Button>
      <Disclosure isOpen={more} onToggle={() => setMore(!more)}>
        Note, or another record
      </Disclosure>
      {more && <More {...{ pane, note }} onNote={setNote} onAdd={handleAdd} />}
    </>
  )
}

const wordOn =
  (belongs: boolean) =>
  ({ id: contactId }: Contact) => ({ contactId, belongs })

/** Comes when it is asked for, as fields are heavy. */
function More(props: LogMoreProps) {
  const { state, reload } = useLoadable(() => import('./log-more.tsx'), [])
  if (state.status === 'loading') return <Spinner size="tiny" label="Opening the form" />
  if (state.status === 'failed')
    return <ProblemBar title="The form did not open" problem={state.error} onRetry={reload} />
  const { LogMore } = state.value
  return <LogMore {...props} />
}
