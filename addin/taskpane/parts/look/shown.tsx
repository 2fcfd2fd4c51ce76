import type { Pane } from '../../pane/pane.ts'
import type { ShownView } from '../../pane/view.ts'
import { FollowUpFrame } from '../../follow-up/follow-up-frame.tsx'
import { MailLines } from './mail-lines.tsx'
import { People } from './people.tsx'
import { StateCard } from './state-card.tsx'

/** All that the CRM knows of the open message, what matters most first. */
export function Shown({ view, pane }: { view: ShownView; pane: Pane }) {
  const { message, contacts, recent, thread } = view.look
  const openId = message.state === 'stored' ? message.emailId : null
  const first = contacts.find(({ contact }) => contact.id === recent?.contactId)
  return (
    <>
      <StateCard view={view} pane={pane} />
      <People look={view.look} pane={pane} />
      <FollowUpFrame look={view.look} pane={pane} />
      {thread && thread.total > 1 && <MailLines title="Conversation" {...{ ...thread, openId }} />}
      {recent && recent.emails.length > 0 && (
        <MailLines title={`Other e-mails with ${first?.contact.name || 'them'}`} {...recent} />
      )}
    </>
  )
}
