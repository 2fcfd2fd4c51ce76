import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import { PersonChoice } from './person-choice.tsx'
import type { Saving } from './use-saving.ts'

export type FormProps = { people: Contact[]; busy: boolean; onSave: Saving['save'] }

/** One more task; a day is a day wherever its reader is. */
export function TaskForm({ people, busy, onSave }: FormProps) {
  const styles = useFormStyles()
  const [contactId, setContactId] = useState(people[0]?.id ?? '')
  const [title, setTitle] = useState('')
  const [dueOn, setDueOn] = useState('')
  const isReady = title.trim() !== ''
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!isReady || busy) return
    const task = { contactId, title: title.trim(), dueOn: dueOn || null }
    void onSave('Task added.', (crm) => crm.createTask(task))
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      <PersonChoice people={people} chosen={contactId} onChoose={setContactId} />
      <Field label="Task">
        <Input
          className={styles.field}
          value={title}
          maxLength={200}
          onChange={(_event, { value }) => setTitle(value)}
        />
      </Field>
      <Field label="Due">
        <Input
          className={styles.field}
          type="date"
          value={dueOn}
          onChange={(_event, { value }) => setDueOn(value)}
        />
      </Field>
      <Button
        type="submit"
        className={styles.save}
        appearance="primary"
        disabledFocusable={busy || !isReady}
      >
        {busy ? 'Saving…' : 'Save task'}
      </Button>
    </form>
  )
}

export const useFormStyles = makeStyles({
  form: { display: 'grid', rowGap: tokens.spacingVerticalS },
  field: { width: '100%', minWidth: 0 },
  save: { justifySelf: 'start' },
})
