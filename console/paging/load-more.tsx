import { Button, Spinner, makeStyles, tokens } from '@fluentui/react-components'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import type { PagedList } from './use-pages.ts'

export type LoadMoreProps = {
  list: Pick<PagedList<unknown>, 'state' | 'more' | 'loadMore'>
  /** What there is more of: "contacts". */
  of: string
}

/** The way to the next page of a list; nothing when all of it is here. */
export function LoadMore({ list: { state, more, loadMore }, of }: LoadMoreProps) {
  const styles = useStyles()
  if (state.status !== 'ready' || state.value.nextCursor === null) return null
  const loading = more === 'loading'
  return (
    <div className={styles.more}>
      {typeof more === 'object' && (
        <ProblemBar title={`No more ${of} came`} problem={more} onRetry={loadMore} />
      )}
      <Button
        appearance="subtle"
        disabledFocusable={loading}
        icon={loading ? <Spinner size="tiny" /> : null}
        onClick={loadMore}
      >
        Load more {of}
      </Button>
    </div>
  )
}

const useStyles = makeStyles({
  more: {
    display: 'grid',
    justifyItems: 'center',
    rowGap: tokens.spacingVerticalS,
    padding: tokens.spacingVerticalM,
  },
})
