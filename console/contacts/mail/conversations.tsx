import { Spinner, makeStyles, tokens } from '@fluentui/react-components'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import { EmailPage, type Email } from '../../../models/wire/email.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { exactly } from '../../../ui/count.ts'
import { LoadMore } from '../../paging/load-more.tsx'
import { pathWith, usePages } from '../../paging/use-pages.ts'
import { card, plainList } from '../../shell/look.ts'
import type { Visit } from '../../visit.ts'
import { ConversationRow } from './conversation-row.tsx'
import { conversationsOf } from './group.ts'
import { useMarking } from './use-marking.ts'
import { useTheirMail } from './use-their-mail.ts'

export type ConversationsProps = {
  visit: Visit
  contact: Contact
  /** The contact's own path. */
  path: string
}

/** The contact's mail, as conversations, the one with the latest mail first. New mail shows by itself. */
export function Conversations({ contact, path, visit }: ConversationsProps) {
  const styles = useStyles()
  const { api } = visit
  const list = usePages<Email>(
    async (cursor) => {
      const page = await api.get(pathWith(`${path}/emails`, { cursor }), EmailPage)
      return { items: page.emails, nextCursor: page.nextCursor, total: exactly(page.total) }
    },
    [api, path],
    // In another thread it stands elsewhere.
    ({ id, threadId }) => `${id} ${threadId}`,
  )
  const { state, reload } = list
  useTheirMail(contact, list)
  const handleMarked = useMarking(list)

  if (state.status === 'loading') return <Spinner label="Loading e-mails" />
  if (state.status === 'failed')
    return <ProblemBar title="The e-mails did not load" problem={state.error} onRetry={reload} />
  const conversations = conversationsOf(state.value.items)
  if (conversations.length === 0)
    return <p>No e-mail with this contact is in the CRM, or none that is shared with you.</p>
  return (
    <>
      <ul className={styles.list} aria-label="Conversations">
        {conversations.map((conversation) => (
          <ConversationRow
            key={conversation.key}
            conversation={conversation}
            visit={visit}
            onMarked={handleMarked}
          />
        ))}
      </ul>
      <LoadMore list={list} of="e-mails" />
    </>
  )
}

const useStyles = makeStyles({
  list: { ...plainList, ...card, paddingBlock: tokens.spacingVerticalXS },
})
