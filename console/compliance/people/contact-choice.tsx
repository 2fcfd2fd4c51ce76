import { Field, Radio, RadioGroup, SearchBox, Spinner } from '@fluentui/react-components'
import { useState } from 'react'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import type { Api } from '../../../ui/api/client.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { nameOf } from '../../contacts/contact-list.tsx'
import { useContactsLike, useSettledWords } from '../../contacts/use-contact-search.ts'

export type ContactChoiceProps = {
  api: Api
  chosen: Contact | null
  onChoose: (contact: Contact) => void
  /** What is wrong with the choice. */
  problem: string | null
  /** What to say where no contact is found. */
  nobody: string
  /** The one that is no choice. */
  withoutId?: string
}

/** Finds a contact and chooses it. */
export function ContactChoice({ problem, ...choice }: ContactChoiceProps) {
  const [words, setWords] = useState('')
  const wanted = useSettledWords(words)
  return (
    <>
      <Field
        label="Search by name, address or company"
        {...(problem !== null && { validationMessage: problem })}
      >
        <SearchBox value={words} onChange={(_event, { value }) => setWords(value)} />
      </Field>
      {wanted !== '' && <Found {...choice} wanted={wanted} />}
    </>
  )
}

type FoundProps = Omit<ContactChoiceProps, 'problem'> & { wanted: string }

function Found({ api, wanted, chosen, onChoose, nobody, withoutId }: FoundProps) {
  const { state, reload } = useContactsLike(api, wanted)
  if (state.status === 'loading') return <Spinner size="tiny" label="Searching" />
  if (state.status === 'failed')
    return <ProblemBar title="The search did not work" problem={state.error} onRetry={reload} />
  const contacts = state.value.filter(({ id }) => id !== withoutId)
  if (contacts.length === 0) return <p role="status">{nobody}</p>
  return (
    <Field label="Contacts found">
      <RadioGroup
        value={chosen?.id ?? ''}
        onChange={(_event, { value }) => {
          const contact = contacts.find(({ id }) => id === value)
          if (contact) onChoose(contact)
        }}
      >
        {contacts.map((contact) => (
          <Radio key={contact.id} value={contact.id} label={wordsOf(contact)} />
        ))}
      </RadioGroup>
    </Field>
  )
}

const wordsOf = (contact: Contact): string =>
  [nameOf(contact), contact.company?.name, ...contact.addresses.map(({ address }) => address)]
    .filter((text, index, all) => text && all.indexOf(text) === index)
    .join(', ')
