import { Spinner, Tab, TabList, makeStyles, tokens } from '@fluentui/react-components'
import { useId, type ReactElement } from 'react'
import { Contact } from '../../models/wire/contacts/contact.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../ui/hooks/use-loadable.ts'
import { navigate } from '../router/navigate.ts'
import { PageLink } from '../router/page-link.tsx'
import { addresses, contactTabs, type ContactTab } from '../router/route.ts'
import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'
import { ContactHead } from './contact-head.tsx'
import { nameOf } from './contact-list.tsx'
import { Conversations } from './conversations.tsx'
import { NotesPanel } from './notes-panel.tsx'
import { TasksPanel } from './tasks-panel.tsx'

const TAB_WORDS: Record<ContactTab, string> = { emails: 'E-mails', tasks: 'Tasks', notes: 'Notes' }

export type ContactViewProps = Visit & { contactId: string; tab: ContactTab }

/** One contact: who it is and where it stands, its mail, what is to be done, what was noted. */
export default function ContactView({ contactId, tab, ...visit }: ContactViewProps) {
  const { api } = visit
  const path = `/api/v1/contacts/${encodeURIComponent(contactId)}`
  const { state, reload } = useLoadable(() => api.get(path, Contact), [api, path])
  if (state.status === 'ready')
    return <Opened key={contactId} contact={state.value} path={path} tab={tab} visit={visit} />
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

type OpenedProps = { contact: Contact; path: string; tab: ContactTab; visit: Visit }

function Opened({ contact, path, tab, visit }: OpenedProps) {
  const styles = useStyles()
  const panelId = useId()
  const { id, mergedInto } = contact
  const panels: Record<ContactTab, () => ReactElement> = {
    emails: () => <Conversations {...visit} contact={contact} path={path} />,
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
      <ContactHead api={visit.api} contact={contact} path={path} />
      <TabList
        selectedValue={tab}
        onTabSelect={(_event, { value }) =>
          navigate(
            addresses.contact(
              id,
              contactTabs.find((one) => one === value),
            ),
          )
        }
      >
        {contactTabs.map((each) => (
          <Tab key={each} value={each} id={`${panelId}${each}`} aria-controls={panelId}>
            {TAB_WORDS[each]}
          </Tab>
        ))}
      </TabList>
      <div
        id={panelId}
        role="tabpanel"
        aria-labelledby={`${panelId}${tab}`}
        className={styles.panel}
      >
        {panels[tab]()}
      </div>
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
  panel: { display: 'grid', rowGap: tokens.spacingVerticalM, minWidth: 0 },
})
