import { Field, Radio, RadioGroup, SearchBox, Spinner } from '@fluentui/react-components'
import { useState } from 'react'
import { ContactPage, type Contact } from '../../../models/wire/contacts/contact.ts'
import type { Api } from '../../../ui/api/client.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { nameOf } from '../../contacts/contact-list.tsx'
import { useSettled } from '../../../ui/hooks/use-settled.ts'
import { pathWith } from '../../paging/use-pages.ts'

const TYPING_MS = 200
/** More would not be looked through; more letters find fewer. */
const MOST_SHOWN = 8

export type ContactChoiceProps = {
  api: Api
  chosen: Contact | null
  onChoose: (contact: Contact) => void
  /** What is wrong with the choice. */
  problem: string | null
}

/** Finds a contact and chooses it. */
export function ContactChoice({ api, chosen, onChoose, problem }: ContactChoiceProps) {
  const [words, setWords] = useState('')
  const wanted = useSettled(words.trim(), TYPING_MS)
  return (
    <>
      <Field
        label="Search by name, address or company"
        {...(problem !== null && { validationMessage: problem })}
      >
        <SearchBox value={words} onChange={(_event, { value }) => setWords(value)} />
      </Field>
      {wanted !== '' && <Found api={api} wanted={wanted} chosen={chosen} onChoose={onChoose} />}
    </>
  )
}

type FoundProps = Omit<ContactChoiceProps, 'problem'> & { wanted: string }

function Found({ api, wanted, chosen, onChoose }: FoundProps) {
  const { state, reload } = useLoadable(
    () => api.get(pathWith('/api/v1/contacts', { q: wanted }), ContactPage),
    [api, wanted],
  )
  if (state.status === 'loading') return <Spinner size="tiny" label="Searching" />
  if (state.status === 'failed')
    return <ProblemBar title="The search did not work" problem={state.error} onRetry={reload} />
  const contacts = state.value.contacts.slice(0, MOST_SHOWN)
  if (contacts.length === 0)
    return <p role="status">No contact is like that. Somebody who is none goes by address.</p>
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
