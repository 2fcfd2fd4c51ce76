import { makeStyles, tokens } from '@fluentui/react-components'
import { SuggestionPage } from '../../models/wire/contacts/upkeep.ts'
import { useLoadable } from '../../ui/hooks/use-loadable.ts'
import { pathWith } from '../paging/use-pages.ts'
import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import type { ConsoleApi } from '../signed-in-api.ts'

/** To count them all would cost a question for each; that there are many is enough to know. */
const MOST_COUNTED = 10

/** The way to what somebody should look at, and how many people wait there. */
export function ReviewLink({ api }: { api: ConsoleApi }) {
  const styles = useStyles()
  const { state } = useLoadable(async () => {
    const path = pathWith('/api/v1/suggestions', { limit: String(MOST_COUNTED) })
    const { suggestions, nextCursor } = await api.get(path, SuggestionPage)
    return { count: suggestions.length, hasMore: nextCursor !== null }
  }, [api])
  const words = state.status === 'ready' ? countWords(state.value) : '' // without it the link is as good
  return (
    <p className={styles.line}>
      <PageLink inline to={addresses.review}>
        Review suggestions and duplicates
      </PageLink>
      {words}
    </p>
  )
}

function countWords({ count, hasMore }: { count: number; hasMore: boolean }): string {
  if (count === 0) return ''
  if (hasMore) return `: more than ${count} people you write with are no contacts yet`
  return count === 1
    ? ': somebody you write with is no contact yet'
    : `: ${count} people you write with are no contacts yet`
}

const useStyles = makeStyles({
  line: { margin: 0, color: tokens.colorNeutralForeground2 },
})
