import {
  Body1,
  Button,
  Caption1,
  Field,
  Input,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useRef, useState, type FormEvent } from 'react'
import type { Contact } from '../../../../models/wire/contacts/contact.ts'
import { toFailure } from '../../../../ui/api/api-error.ts'
import type { Failure } from '../../../../ui/api/failure.ts'
import { useAnnounce } from '../../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../../ui/components/problem-bar.tsx'
import type { Pane } from '../../pane/pane.ts'
import { NoteField } from './note-field.tsx'

export type LogMoreProps = {
  pane: Pane
  note: string
  onNote: (note: string) => void
  /** It goes to this record as well. */
  onAdd: (contact: Contact) => void
}

/** What few people need when they log: a note along with it, and a record that no address leads to. */
export function LogMore({ pane, note, onNote, onAdd }: LogMoreProps) {
  const styles = useStyles()
  return (
    <div className={styles.more}>
      <NoteField label="Note, stored with the e-mail" rows={3} note={note} onNote={onNote} />
      <RecordSearch pane={pane} onAdd={onAdd} />
    </div>
  )
}

function RecordSearch({ pane, onAdd }: Pick<LogMoreProps, 'pane' | 'onAdd'>) {
  const styles = useStyles()
  const announce = useAnnounce()
  const form = useRef<HTMLFormElement>(null)
  const [q, setQ] = useState('')
  const [found, setFound] = useState<Contact[] | null>(null)
  const [problem, setProblem] = useState<Failure | null>(null)
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if (q.trim() === '') return
    try {
      setFound(await pane.ask((crm) => crm.findContacts(q.trim())))
      setProblem(null)
    } catch (error) {
      setProblem(toFailure(error))
    }
  }
  const handleAdd = (contact: Contact) => {
    onAdd(contact)
    announce(`${contact.name || 'The contact'} is added.`)
    setFound(null)
    setQ('')
    form.current?.querySelector('input')?.focus() // what was clicked is gone now
  }
  return (
    <form ref={form} className={styles.more} onSubmit={(event) => void handleSubmit(event)}>
      <Field label="Another contact, by name or address">
        <Input
          className={styles.field}
          type="search"
          value={q}
          maxLength={320}
          onChange={(_event, { value }) => setQ(value)}
        />
      </Field>
      <Button type="submit" size="small" className={styles.button}>
        Search
      </Button>
      {problem && <ProblemBar title="No search was possible" problem={problem} />}
      {found?.length === 0 && <Body1>No contact has this name or address.</Body1>}
      {found && found.length > 0 && (
        <ul className={styles.list} aria-label="Contacts found">
          {found.map((contact) => (
            <li key={contact.id} className={styles.found}>
              <bdi>{contact.name || 'No name'}</bdi>
              <Caption1>{contact.addresses[0]?.address}</Caption1>
              <Button
                size="small"
                aria-label={`Log it to ${contact.name || 'this contact'} as well`}
                onClick={() => handleAdd(contact)}
              >
                Add
              </Button>
            </li>
          ))}
        </ul>
      )}
    </form>
  )
}

const useStyles = makeStyles({
  more: { display: 'grid', rowGap: tokens.spacingVerticalS },
  field: { width: '100%', minWidth: 0 },
  button: { justifySelf: 'start' },
  list: {
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  found: { display: 'grid', justifyItems: 'start', overflowWrap: 'anywhere' },
})
