import {
  Field,
  SearchBox,
  Skeleton,
  SkeletonItem,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import { ContactPage, type Contact } from '../../models/wire/contacts/contact.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import type { Loadable } from '../../ui/hooks/use-loadable.ts'
import { LoadMore } from '../paging/load-more.tsx'
import { pathWith, usePages } from '../paging/use-pages.ts'
import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'
import { ContactList } from './contact-list.tsx'
import { CreateContact } from './edit/create-contact.tsx'
import { ImportContacts } from './import/import-contacts.tsx'
import { ReviewLink } from './review-link.tsx'
import { useRemembered } from '../router/remembered.tsx'
import { useSettled } from '../../ui/hooks/use-settled.ts'

/** Long enough that a word is not asked for letter by letter, short enough to seem at once. */
const TYPING_MS = 200

/** The workspace's contacts, the newest first, and a search among them. */
export default function ContactsView({ api }: Visit) {
  const styles = useStyles()
  const [words, setWords] = useRemembered('contacts searched', '')
  const wanted = useSettled(words.trim(), TYPING_MS)
  const list = usePages<Contact>(
    async (cursor) => {
      const path = pathWith('/api/v1/contacts', { q: wanted || null, cursor })
      const { contacts, nextCursor } = await api.get(path, ContactPage)
      return { items: contacts, nextCursor }
    },
    [api, wanted],
  )
  const { reload } = list
  const state = useKept(list.state)
  return (
    <>
      <PageTitle>Contacts</PageTitle>
      <div className={styles.tools}>
        <Field label="Search by name, address, company or domain" className={styles.search}>
          <SearchBox value={words} onChange={(_event, { value }) => setWords(value)} />
        </Field>
        <div className={styles.ways}>
          <CreateContact api={api} />
          <ImportContacts api={api} onImported={reload} />
        </div>
      </div>
      <ReviewLink api={api} />
      {state.status === 'loading' && <ContactsSkeleton />}
      {state.status === 'failed' && (
        <ProblemBar title="The contacts did not load" problem={state.error} onRetry={reload} />
      )}
      {state.status === 'ready' && state.value.items.length === 0 && (
        <p role="status">
          {wanted
            ? 'No contact is like that. Try a part of the name, or the whole address.'
            : 'There are no contacts yet. Make one here, import them from a file, or add one from the pane in Outlook: open a mail of theirs and choose “Create contact”.'}
        </p>
      )}
      {state.status === 'ready' && state.value.items.length > 0 && (
        <ContactList contacts={state.value.items} />
      )}
      <LoadMore list={list} of="contacts" />
    </>
  )
}

/** What was there last, while something else is on its way: a list that blinks at each letter cannot be read. */
function useKept<T>(state: Loadable<T>): Loadable<T> {
  const [kept, setKept] = useState(state)
  if (state.status !== 'loading' && state !== kept) setKept(state)
  return kept
}

function ContactsSkeleton() {
  const styles = useStyles()
  return (
    <Skeleton aria-label="Loading contacts" className={styles.bones}>
      {['40%', '55%', '35%', '50%'].map((width) => (
        <SkeletonItem key={width} size={32} style={{ width }} />
      ))}
    </Skeleton>
  )
}

const useStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'end',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  search: {
    flexGrow: 1,
    minWidth: 'min(16rem, 100%)',
    maxWidth: '32rem',
    '& .fui-SearchBox': { maxWidth: '100%' },
  },
  ways: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  bones: { display: 'grid', rowGap: tokens.spacingVerticalM },
})
