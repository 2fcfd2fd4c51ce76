import { Spinner, makeStyles } from '@fluentui/react-components'
import { Fragment, useMemo, useState, type ReactElement } from 'react'
import { Contact } from '../../models/wire/contacts/contact.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../ui/hooks/use-loadable.ts'
import { PageLink } from '../router/page-link.tsx'
import { PageTabs } from '../router/page-tabs.tsx'
import { addresses, contactTabs, type ContactTab } from '../router/route.ts'
import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'
import { ContactHead } from './contact-head.tsx'
import { nameOf } from './contact-list.tsx'
import { NotesPanel } from './follow-up/notes-panel.tsx'
import { TasksPanel } from './follow-up/tasks-panel.tsx'
import { Conversations } from './mail/conversations.tsx'
import { Timeline } from './timeline/timeline.tsx'

const TAB_WORDS: Record<ContactTab, string> = {
  emails: 'E-mails',
  timeline: 'Timeline',
  tasks: 'Tasks',
  notes: 'Notes',
}

export type ContactViewProps = Visit & { contactId: string; tab: ContactTab }

/** One contact: who it is and where it stands, its mail, what is to be done, what was noted. */
export default function ContactView(props: ContactViewProps) {
  const { contactId, tab, api, baseUrl, session } = props
  const visit = useMemo(() => ({ api, baseUrl, session }), [api, baseUrl, session])
  const path = `/api/v1/contacts/${encodeURIComponent(contactId)}`
  const { state, reload, replace } = useLoadable(() => api.get(path, Contact), [api, path])
  if (state.status === 'ready')
    return (
      <Opened
        key={contactId}
        contact={state.value}
        path={path}
        tab={tab}
        visit={visit}
        onChanged={replace}
      />
    )
  return (
    <>
      <BackToContacts />
      {state.status === 'loading' ? (
        <Spinner label="Opening the contact" />
      ) : (
        <>
          <PageTitle>This contact did not open</PageTitle>
          <ProblemBar title="The contact did not load" problem={state.error} onRetry={reload} />
        </>
      )}
    </>
  )
}

type OpenedProps = {
  contact: Contact
  path: string
  tab: ContactTab
  visit: Visit
  onChanged: (contact: Contact) => void
}

function Opened({ contact, path, tab, visit, onChanged }: OpenedProps) {
  const styles = useStyles()
  const { id, mergedInto } = contact
  const [merges, setMerges] = useState(0)
  const handleMerged = (merged: Contact) => {
    onChanged(merged)
    setMerges(merges + 1) // the other one's mail, notes and tasks are here now
  }
  const panels: Record<ContactTab, () => ReactElement> = {
    emails: () => <Conversations visit={visit} contact={contact} path={path} />,
    timeline: () => <Timeline visit={visit} contact={contact} path={path} />,
    tasks: () => <TasksPanel api={visit.api} contactId={id} />,
    notes: () => <NotesPanel api={visit.api} path={path} userId={visit.session.user.id} />,
  }
  return (
    <>
      <BackToContacts />
      <PageTitle>{nameOf(contact)}</PageTitle>
      {mergedInto !== null && (
        <p className={styles.text}>
          This contact was merged into another one, which has its e-mails now.{' '}
          <PageLink inline to={addresses.contact(mergedInto)}>
            Go there
          </PageLink>
        </p>
      )}
      <ContactHead
        api={visit.api}
        contact={contact}
        path={path}
        onChanged={onChanged}
        onMerged={handleMerged}
      />
      <PageTabs
        tabs={contactTabs}
        shown={tab}
        words={TAB_WORDS}
        addressOf={(each) => addresses.contact(id, each)}
      >
        <Fragment key={merges}>{panels[tab]()}</Fragment>
      </PageTabs>
    </>
  )
}

function BackToContacts() {
  return (
    <div>
      <PageLink to={addresses.contacts}>All contacts</PageLink>
    </div>
  )
}

const useStyles = makeStyles({
  text: { margin: 0 },
})
