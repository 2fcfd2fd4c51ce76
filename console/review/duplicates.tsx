import { Button, Spinner, useRestoreFocusTarget } from '@fluentui/react-components'
import { useState } from 'react'
import { DuplicateList } from '../../models/wire/contacts/upkeep.ts'
import type { Contact } from '../../models/wire/contacts/contact.ts'
import { useAnnounce } from '../../ui/components/announcer.tsx'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useLoadable, type UseLoadable } from '../../ui/hooks/use-loadable.ts'
import { nameOf } from '../contacts/contact-list.tsx'
import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import type { ConsoleApi } from '../signed-in-api.ts'
import { MergeDialog } from './merge-dialog.tsx'
import { useRowStyles } from './row-look.ts'
import { Section } from './section.tsx'

type Duplicate = DuplicateList['duplicates'][number]

export const useDuplicates = (api: ConsoleApi): UseLoadable<DuplicateList> =>
  useLoadable(() => api.get('/api/v1/duplicates', DuplicateList), [api])

export type DuplicatesProps = {
  api: ConsoleApi
  list: UseLoadable<DuplicateList>
  onMerged: () => void
}

/** Contacts that may be one person, and why; each pair can be looked at as one before it is. */
export function Duplicates({ api, list: { state, reload }, onMerged }: DuplicatesProps) {
  const styles = useRowStyles()
  const announce = useAnnounce()
  const [pair, setPair] = useState<Duplicate | null>(null)
  const handleMerged = () => {
    setPair(null)
    announce('Merged. It can be undone below.')
    onMerged()
  }
  return (
    <Section
      title="Possible duplicates"
      hint="Two contacts that may be one person. Compare them before you merge; a merge can be undone."
    >
      {state.status === 'loading' && <Spinner label="Looking for duplicates" />}
      {state.status === 'failed' && (
        <ProblemBar title="The duplicates did not load" problem={state.error} onRetry={reload} />
      )}
      {state.status === 'ready' && state.value.duplicates.length === 0 && (
        <p className={styles.text}>No two contacts look like one person.</p>
      )}
      {state.status === 'ready' && state.value.duplicates.length > 0 && (
        <ul className={styles.list} aria-label="Possible duplicates">
          {state.value.duplicates.map((duplicate) => (
            <DuplicateRow
              key={duplicate.contacts.map(({ id }) => id).join()}
              duplicate={duplicate}
              onCompare={() => setPair(duplicate)}
            />
          ))}
        </ul>
      )}
      {pair && (
        <MergeDialog
          api={api}
          contactIds={[pair.contacts[0].id, pair.contacts[1].id]}
          onClose={() => setPair(null)}
          onMerged={handleMerged}
        />
      )}
    </Section>
  )
}

type DuplicateRowProps = { duplicate: Duplicate; onCompare: () => void }

function DuplicateRow({ duplicate, onCompare }: DuplicateRowProps) {
  const styles = useRowStyles()
  const focusTarget = useRestoreFocusTarget()
  const { sentence, contacts } = duplicate
  const [one, other] = contacts
  return (
    <li className={styles.row}>
      <div className={styles.facts}>
        {contacts.map((contact) => (
          <span key={contact.id}>
            <PageLink inline to={addresses.contact(contact.id)}>
              <bdi>{nameOf(contact)}</bdi>
            </PageLink>{' '}
            <bdi className={styles.quiet}>{factsOf(contact)}</bdi>
          </span>
        ))}
        <span className={styles.quiet}>{sentence}</span>
      </div>
      <Button
        {...focusTarget}
        aria-label={`Compare ${nameOf(one)} and ${nameOf(other)}`}
        onClick={onCompare}
      >
        Compare and merge
      </Button>
    </li>
  )
}

const factsOf = ({ company, addresses: all }: Contact): string =>
  [company?.name, ...all.map(({ address }) => address)].filter(Boolean).join(', ')
