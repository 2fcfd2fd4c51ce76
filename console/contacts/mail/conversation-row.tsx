import { memo } from 'react'
import { MailView } from '../../emails/reading/mail-view.tsx'
import type { OnMarked } from '../../emails/reading/use-read-state.ts'
import type { Visit } from '../../visit.ts'
import { Folding } from './folding.tsx'
import { hasUnread, isSame, writersOf, type Conversation } from './group.ts'
import { Thread } from './thread.tsx'

export type ConversationRowProps = {
  conversation: Conversation
  visit: Visit
  /** Told when one of its e-mails became read or unread. */
  onMarked: OnMarked
}

/** One conversation; opened, its e-mails, each of which opens in its place. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, visit, onMarked } = props
  const [newest, ...others] = conversation.emails
  const { threadId } = conversation
  return (
    <Folding
      title={newest.subject || 'No subject'}
      facts={`${writersOf(conversation)}${others.length > 0 ? ` (${others.length + 1})` : ''}`}
      at={newest.receivedAt}
      isUnread={hasUnread(conversation)}
    >
      {() =>
        threadId === null ? (
          <MailView {...visit} emailId={newest.id} onMarked={onMarked} />
        ) : (
          <Thread {...{ threadId, conversation, visit, onMarked }} />
        )
      }
    </Folding>
  )
}, isDrawn)

/** Thousands may be on the page when a few come after them. */
function isDrawn(drawn: ConversationRowProps, next: ConversationRowProps): boolean {
  return (
    drawn.visit === next.visit &&
    drawn.onMarked === next.onMarked &&
    isSame(drawn.conversation, next.conversation)
  )
}
