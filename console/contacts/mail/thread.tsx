import { Spinner, makeStyles } from '@fluentui/react-components'
import { useCallback, useEffect, useRef } from 'react'
import { ThreadPage, type Email } from '../../../models/wire/email.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { isUnread } from '../../../ui/components/sightings.ts'
import { MailView } from '../../emails/reading/mail-view.tsx'
import type { OnMarked } from '../../emails/reading/use-read-state.ts'
import { LoadMore } from '../../paging/load-more.tsx'
import { pathWith, usePages } from '../../paging/use-pages.ts'
import { plainList } from '../../shell/look.ts'
import type { Visit } from '../../visit.ts'
import { PrintThread } from '../print/print-thread.tsx'
import { Folding } from './folding.tsx'
import { isOutdated, type Conversation } from './group.ts'
import { useMarking } from './use-marking.ts'

export type ThreadProps = {
  threadId: string
  /** What is known of it outside. */
  conversation: Conversation
  visit: Visit
  onMarked: OnMarked
}

/** All of a conversation that this person may see, the oldest first; mail with others than the contact too. */
export function Thread({ threadId, conversation, visit, onMarked }: ThreadProps) {
  const styles = useStyles()
  const list = useThread(visit, threadId, conversation)
  const { state, reload } = list
  const markHere = useMarking(list)
  const handleMarked = useCallback<OnMarked>(
    (emailId, isRead) => {
      markHere(emailId, isRead)
      onMarked(emailId, isRead)
    },
    [markHere, onMarked],
  )
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
        <MailView {...visit} emailId={only.id} onMarked={handleMarked} />
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
            isUnread={isUnread(email)}
          >
            {() => <MailView {...visit} emailId={email.id} onMarked={handleMarked} />}
          </Folding>
        ))}
      </ul>
      <LoadMore list={list} of="e-mails of this conversation" />
    </>
  )
}

/** Its e-mails; loaded again when what is known outside says that there is a newer one, or that one was read meanwhile. */
function useThread({ api }: Visit, threadId: string, conversation: Conversation) {
  const list = usePages<Email>(
    async (cursor) => {
      const path = `/api/v1/threads/${encodeURIComponent(threadId)}`
      const { emails, nextCursor } = await api.get(pathWith(path, { cursor }), ThreadPage)
      return { items: emails, nextCursor }
    },
    [api, threadId],
  )
  const { state, reload } = list
  const loaded = state.status === 'ready' ? state.value.items : []
  const shown = useRef(conversation)
  useEffect(() => {
    const before = shown.current
    shown.current = conversation
    if (before === conversation) return
    const hasNewer = before.emails[0].id !== conversation.emails[0].id
    if (hasNewer || isOutdated(loaded, conversation)) reload() // what is open stays open
  })
  return list
}

const useStyles = makeStyles({ list: plainList })
