import {
  Button,
  Field,
  Radio,
  RadioGroup,
  Textarea,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import type { Api } from '../../../ui/api/client.ts'
import { nameOf } from '../../contacts/contact-list.tsx'
import { ContactChoice } from './contact-choice.tsx'
import { readAddresses, type Person } from './person.ts'

export type PersonFormProps = { api: Api; onAsk: (person: Person) => void }

/** Says whom it is about: somebody's addresses, or a contact with all of its own. */
export function PersonForm({ api, onAsk }: PersonFormProps) {
  const styles = useStyles()
  const [by, setBy] = useState<'addresses' | 'contact'>('addresses')
  const [text, setText] = useState('')
  const [contact, setContact] = useState<Contact | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    const read = by === 'addresses' ? readAddresses(text) : personOf(contact)
    setProblem('problem' in read ? read.problem : null)
    if ('subject' in read) onAsk(read)
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit} noValidate aria-label="Which person">
      <Field label="What do you know of the person?">
        <RadioGroup
          className={styles.ways}
          value={by}
          onChange={(_event, { value }) => {
            setBy(value === 'contact' ? 'contact' : 'addresses')
            setProblem(null)
          }}
        >
          <Radio value="addresses" label="Their addresses" />
          <Radio value="contact" label="A contact of ours" />
        </RadioGroup>
      </Field>
      {by === 'addresses' ? (
        <Field
          label="Addresses"
          hint="All you know, one on each line. Spellings with a plus tag come along by themselves."
          {...(problem !== null && { validationMessage: problem })}
        >
          <Textarea
            value={text}
            resize="vertical"
            textarea={{ autoComplete: 'off', spellCheck: false }}
            onChange={(_event, { value }) => setText(value)}
          />
        </Field>
      ) : (
        <ContactChoice
          api={api}
          chosen={contact}
          onChoose={setContact}
          problem={problem}
          nobody="No contact is like that. Somebody who is none goes by address."
        />
      )}
      <Button type="submit" appearance="primary" className={styles.ask}>
        See what there is
      </Button>
    </form>
  )
}

const personOf = (contact: Contact | null): Person | { problem: string } =>
  contact
    ? { subject: { contactId: contact.id }, label: nameOf(contact) }
    : { problem: 'Search for the contact, and choose it.' }

const useStyles = makeStyles({
  form: { display: 'grid', rowGap: tokens.spacingVerticalM, maxWidth: '44rem' },
  ways: { display: 'flex', flexDirection: 'row', flexWrap: 'wrap' },
  ask: { justifySelf: 'start' },
})
