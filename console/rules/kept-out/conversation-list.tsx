import { Button, Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components'
import { KeptOutPage } from '../../../models/wire/rules/kept-out.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { LoadMore } from '../../paging/load-more.tsx'
import { pathWith, usePages } from '../../paging/use-pages.ts'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { useRowStyles } from '../row-look.ts'
import { conversationName, type Conversation } from './words.ts'

export type ConversationListProps = {
  api: ConsoleApi
  /** Of the mailbox's rules. */
  path: string
  /** Ids of conversations, as they are saved and as they are typed. */
  saved: readonly string[]
  keptOut: readonly string[]
  onLetIn: (conversationId: string) => void
}

/** The conversations by their names, the latest first. */
export function ConversationList(props: ConversationListProps) {
  const { api, path, saved, keptOut, onLetIn } = props
  const styles = useStyles()
  const rows = useRowStyles()
  const list = usePages<Conversation>(
    async (cursor) => {
      const asked = pathWith(`${path}/kept-out`, { cursor })
      const { conversations: items, nextCursor } = await api.get(asked, KeptOutPage)
      return { items, nextCursor }
    },
    [api, path, saved.join(' ')],
  )
  const { state, reload } = list
  if (state.status === 'loading')
    return (
      <Skeleton aria-label="Looking up the conversations" className={styles.bones}>
        <SkeletonItem style={{ width: '70%' }} />
        <SkeletonItem style={{ width: '55%' }} />
      </Skeleton>
    )
  if (state.status === 'failed')
    return (
      <ProblemBar
        title="The conversations were not looked up"
        problem={state.error}
        onRetry={reload}
      />
    )
  return (
    <>
      <ul className={rows.list} aria-label="Conversations kept out">
        {state.value.items
          .filter(({ conversationId }) => keptOut.includes(conversationId))
          .map((one) => (
            <Row key={one.conversationId} of={one} onLetIn={onLetIn} />
          ))}
      </ul>
      <LoadMore list={list} of="conversations" />
    </>
  )
}

type RowProps = Pick<ConversationListProps, 'onLetIn'> & { of: Conversation }

function Row({ of, onLetIn }: RowProps) {
  const styles = useRowStyles()
  const { conversationId, subject, since } = of
  const name = conversationName(of, dayOf)
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div dir="auto">{name}</div>
        {subject !== null && since !== null && (
          <div className={styles.quiet}>
            Kept out on <time dateTime={since}>{dayOf(since)}</time>
          </div>
        )}
      </div>
      <Button
        size="small"
        appearance="subtle"
        aria-label={`Let in again: ${name}`}
        onClick={() => onLetIn(conversationId)}
      >
        Let in again
      </Button>
    </li>
  )
}

const dayOf = (iso: string): string => new Date(iso).toLocaleDateString([], { dateStyle: 'medium' })

const useStyles = makeStyles({
  bones: { display: 'grid', rowGap: tokens.spacingVerticalS, maxWidth: '36rem' },
})
