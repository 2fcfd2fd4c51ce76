import { Combobox, Option } from '@fluentui/react-components'
import { useState } from 'react'
import { ContactPage } from '../../../models/wire/contacts/contact.ts'
import type { Api } from '../../../ui/api/client.ts'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { useSettled } from '../../../ui/hooks/use-settled.ts'
import { pathWith } from '../../paging/use-pages.ts'
import type { InboxFilter } from './inbox-filter.ts'

/** Long enough that a word is not asked for letter by letter. */
const TYPING_MS = 200
const OFFERED = '8'

export type ContactFilterProps = {
  api: Api
  chosen: InboxFilter['contact']
  onChoose: (contact: InboxFilter['contact']) => void
}

/** Whose mail is listed: a contact, found by a part of the name or address. */
export function ContactFilter({ api, chosen, onChoose }: ContactFilterProps) {
  const [words, setWords] = useState<string | null>(null)
  const wanted = useSettled(words?.trim() ?? '', TYPING_MS)
  const { state } = useLoadable(
    async () =>
      words === null // nobody has come here yet
        ? []
        : (
            await api.get(
              pathWith('/api/v1/contacts', { q: wanted || null, limit: OFFERED }),
              ContactPage,
            )
          ).contacts,
    [api, wanted, words === null],
  )
  const offered = state.status === 'ready' ? state.value : []
  return (
    <Combobox
      aria-label="With contact"
      placeholder="Any contact"
      size="small"
      clearable
      freeform
      value={words ?? chosen?.name ?? ''}
      selectedOptions={chosen ? [chosen.id] : []}
      onOpenChange={(_event, { open }) => setWords(open ? '' : null)}
      onChange={({ target }) => setWords(target.value)}
      onOptionSelect={(_event, { optionValue }) => {
        onChoose(offered.find(({ id }) => id === optionValue) ?? null)
        setWords(null)
      }}
    >
      {offered.map(({ id, name, addresses: [first] }) => (
        <Option key={id} value={id} text={name}>
          <span dir="auto">{name || first?.address}</span>
        </Option>
      ))}
      {offered.length === 0 && (
        <Option key="none" text="" disabled>
          {state.status === 'failed' ? 'The contacts did not load.' : 'No contact is like that.'}
        </Option>
      )}
    </Combobox>
  )
}
