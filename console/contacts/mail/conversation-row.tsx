import { Spinner, makeStyles } from '@fluentui/react-components'
import { memo, useEffect, useRef } from 'react'
import { ThreadPage, type Email } from '../../../models/wire/email.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { MailView } from '../../emails/mail-view.tsx'
import { LoadMore } from '../../paging/load-more.tsx'
import { pathWith, usePages } from '../../paging/use-pages.ts'
import { PrintThread } from '../print/print-thread.tsx'
import { plainList } from '../../shell/look.ts'
import type { Visit } from '../../visit.ts'
import { Folding } from './folding.tsx'
import { isSame, writersOf, type Conversation } from './group.ts'

export type ConversationRowProps = { conversation: Conversation; visit: Visit }

/** One conversation; opened, its e-mails, each of which opens in its place. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, visit } = props
  const [newest, ...others] = conversation.emails
  const { threadId } = conversation
  return (
    <Folding
      title={newest.subject || 'No subject'}
      facts={`${writersOf(conversation)}${others.length > 0 ? ` (${others.length + 1})` : ''}`}
      at={newest.receivedAt}
    >
      {() =>
        threadId === null ? (
          <MailView {...visit} emailId={newest.id} />
        ) : (
          <Thread threadId={threadId} newestId={newest.id} visit={visit} />
        )
      }
    </Folding>
  )
}, isDrawn)

/** Thousands may be on the page when a few come after them. */
function isDrawn(drawn: ConversationRowProps, next: ConversationRowProps): boolean {
  return drawn.visit === next.visit && isSame(drawn.conversation, next.conversation)
}

type ThreadProps = { threadId: string; newestId: string; visit: Visit }

/** All of a conversation that this person may see, the oldest first; mail with others than the contact too. */
function Thread({ threadId, newestId, visit }: ThreadProps) {
  const styles = useStyles()
  const { api } = visit
  const list = usePages<Email>(
    async (cursor) => {
      const path = `/api/v1/threads/${encodeURIComponent(threadId)}`
      const { emails, nextCursor } = await api.get(pathWith(path, { cursor }), ThreadPage)
      return { items: emails, nextCursor }
    },
    [api, threadId],
  )
  const { state, reload } = list
  const shownNewest = useRef(newestId)
  useEffect(() => {
    if (shownNewest.current === newestId) return
    shownNewest.current = newestId
    reload() // what is open stays open
  }, [newestId, reload])
  if (state.status === 'loading') return <Spinner label="Loading the conversation" />
  if (state.status === 'failed')
    return (
      <ProblemBar title="The conversation did not load" problem={state.error} onRetry={reload} />
    )
  const [only, ...others] = state.value.items
  if (!only) return <p>None of its e-mails is shared with you any more.</p>
  const print = <PrintThread threadId={threadId} subject={only.subject} visit={visit} />
  if (others.length === 0)
    return (
      <>
        {print}
        <MailView {...visit} emailId={only.id} />
      </>
    )
  return (
    <>
      {print}
      <ul className={styles.list} aria-label="E-mails of this conversation">
        {state.value.items.map((email) => (
          <Folding
            key={email.id}
            title={email.from ? email.from.name || email.from.address : 'Unknown sender'}
            facts={email.preview}
            at={email.receivedAt}
          >
            {() => <MailView {...visit} emailId={email.id} />}
          </Folding>
        ))}
      </ul>
      <LoadMore list={list} of="e-mails of this conversation" />
    </>
  )
}

const useStyles = makeStyles({ list: plainList })
