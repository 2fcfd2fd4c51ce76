import { Button } from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import { NoteField } from '../parts/log/note-field.tsx'
import { PersonChoice } from './person-choice.tsx'
import { useFormStyles, type FormProps } from './task-form.tsx'

/** `emailId`: the message on show, where the CRM has it; then the note is about that, too. */
export type NoteFormProps = FormProps & { emailId: string | null }

/** Something worth remembering. */
export function NoteForm({ people, emailId, busy, onSave }: NoteFormProps) {
  const styles = useFormStyles()
  const [contactId, setContactId] = useState(people[0]?.id ?? '')
  const [text, setText] = useState('')
  const isReady = text.trim() !== ''
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!isReady || busy) return
    const note = { contactIds: [contactId], emailId, text: text.trim() }
    void onSave('Note saved.', (crm) => crm.writeNote(note))
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      <PersonChoice people={people} chosen={contactId} onChoose={setContactId} />
      <NoteField
        label="Note"
        hint={emailId ? 'Seen by those who may see this e-mail.' : 'Seen by your colleagues.'}
        rows={4}
        note={text}
        onNote={setText}
      />
      <Button
        type="submit"
        className={styles.save}
        appearance="primary"
        disabledFocusable={busy || !isReady}
      >
        {busy ? 'Saving…' : 'Save note'}
      </Button>
    </form>
  )
}
