import { Spinner } from '@fluentui/react-components'
import { SuggestionPage, type Suggestion } from '../../models/wire/contacts/upkeep.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { LoadMore } from '../paging/load-more.tsx'
import { pathWith, usePages } from '../paging/use-pages.ts'
import type { ConsoleApi } from '../signed-in-api.ts'
import { useRowStyles } from './row-look.ts'
import { Section } from './section.tsx'
import { SuggestionRow } from './suggestion-row.tsx'

/** People this person has mail with who are no contacts. */
export function Suggestions({ api }: { api: ConsoleApi }) {
  const styles = useRowStyles()
  const list = usePages<Suggestion>(
    async (cursor) => {
      const path = pathWith('/api/v1/suggestions', { limit: '20', cursor })
      const { suggestions, nextCursor } = await api.get(path, SuggestionPage)
      return { items: suggestions, nextCursor }
    },
    [api],
  )
  const { state, reload } = list
  return (
    <Section
      title="People you write with"
      hint="They are in your mail and no contacts yet. Only you see your suggestions."
    >
      {state.status === 'loading' && <Spinner label="Loading suggestions" />}
      {state.status === 'failed' && (
        <ProblemBar title="The suggestions did not load" problem={state.error} onRetry={reload} />
      )}
      {state.status === 'ready' && state.value.items.length === 0 && (
        <p className={styles.text}>
          {state.value.nextCursor === null
            ? 'Everybody you write with is a contact, or you have dismissed them.'
            : 'Those on this page have become contacts meanwhile.'}
        </p>
      )}
      {state.status === 'ready' && state.value.items.length > 0 && (
        <ul className={styles.list} aria-label="Suggestions">
          {state.value.items.map((suggestion) => (
            <SuggestionRow key={suggestion.id} api={api} suggestion={suggestion} />
          ))}
        </ul>
      )}
      <LoadMore list={list} of="suggestions" />
    </Section>
  )
}
