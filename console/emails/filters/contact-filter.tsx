import { Caption1, Combobox, Option, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Api } from '../../../ui/api/client.ts'
import { useContactsLike, useSettledWords } from '../../contacts/use-contact-search.ts'
import type { InboxFilter } from './inbox-filter.ts'

export type ContactFilterProps = {
  api: Api
  chosen: InboxFilter['contact']
  onChoose: (contact: InboxFilter['contact']) => void
}

/** Whose mail is listed: a contact, found by a part of the name or address. */
export function ContactFilter({ api, chosen, onChoose }: ContactFilterProps) {
  const styles = useStyles()
  const [words, setWords] = useState<string | null>(null)
  const wanted = useSettledWords(words ?? '')
  // Nothing is asked for until somebody comes here.
  const { state } = useContactsLike(api, words === null ? null : wanted)
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
          <span>
            <bdi>{name || first?.address}</bdi>
            {name && first && (
              <Caption1 block className={styles.address}>
                <bdi>{first.address}</bdi>
              </Caption1>
            )}
          </span>
        </Option>
      ))}
      {offered.length === 0 && (
        <Option key="none" text="" disabled>
          {noneWords(state.status, wanted)}
        </Option>
      )}
    </Combobox>
  )
}

function noneWords(status: 'loading' | 'failed' | 'ready', wanted: string): string {
  if (status === 'failed') return 'The contacts did not load.'
  if (status === 'loading') return 'Looking…'
  return wanted === '' ? 'There are no contacts yet.' : 'No contact is like that.'
}

const useStyles = makeStyles({
  address: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
})
