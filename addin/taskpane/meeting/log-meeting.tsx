import { Button } from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import type { Meeting } from '../../../models/wire/contacts/follow-up.ts'
import type { LookContact } from '../../../models/wire/pane/look.ts'
import { toFailure } from '../../../ui/api/api-error.ts'
import type { Failure } from '../../../ui/api/failure.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import type { OpenMeeting } from '../../office/meeting.ts'
import { ContactChoice } from '../parts/log/contact-choice.tsx'
import { NoteField } from '../parts/log/note-field.tsx'
import type { Pane } from '../pane/pane.ts'
import { useFormStyles } from '../follow-up/task-form.tsx'

export type LogMeetingProps = {
  meeting: OpenMeeting
  contacts: LookContact[]
  isLogged: boolean
  pane: Pane
  onLogged: (meeting: Meeting) => void
}

/** To whom it is logged, with a note. Doing it again adds to what is there; the same note is there once. */
export function LogMeeting({ meeting, contacts, isLogged, pane, onLogged }: LogMeetingProps) {
  const styles = useFormStyles()
  const announce = useAnnounce()
  const people = contacts.map(({ contact }) => contact)
  const [leftOut, setLeftOut] = useState<readonly string[]>([])
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Failure | null>(null)
  const log = async () => {
    setBusy(true)
    try {
      const facts = await meeting.read() // its organizer may have changed it since
      const contactIds = people.map(({ id }) => id).filter((id) => !leftOut.includes(id))
      const request = { ...facts, contactIds, note: note.trim() }
      onLogged(await pane.ask((crm) => crm.logMeeting(request)))
      announce('Meeting logged.')
      setNote('')
      setProblem(null)
    } catch (error) {
      setProblem(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) void log()
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      {people.length > 1 && !isLogged && (
        <ContactChoice {...{ people, leftOut, disabled: busy }} onChange={setLeftOut} />
      )}
      <NoteField label="Note" rows={3} note={note} onNote={setNote} />
      {problem && <ProblemBar title="The meeting was not logged" problem={problem} />}
      <Button
        type="submit"
        className={styles.save}
        appearance="primary"
        disabledFocusable={busy || (isLogged && note.trim() === '')}
      >
        {busy ? 'Saving…' : isLogged ? 'Save note' : 'Log meeting'}
      </Button>
    </form>
  )
}
