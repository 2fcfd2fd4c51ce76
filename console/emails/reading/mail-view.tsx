import { Spinner, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, type Ref } from 'react'
import { EmailMatches } from '../../../models/wire/contacts/upkeep.ts'
import { EmailDetail } from '../../../models/wire/email-detail.ts'
import type { Api } from '../../../ui/api/client.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { PageLink } from '../../router/page-link.tsx'
import { addresses } from '../../router/route.ts'
import { plainList } from '../../shell/look.ts'
import { Attachments } from './attachments.tsx'
import { MailFrame } from './mail-frame.tsx'
import { MailHeader } from './mail-header.tsx'
import { ReadStateButton } from './read-state-button.tsx'
import type { OnMarked } from './use-read-state.ts'

export type MailViewProps = {
  api: Api
  baseUrl: string
  emailId: string
  /** Told what it is, once it is known. */
  onOpened?: (email: EmailDetail) => void
  /** Shows the way to each contact it belongs to; left out where the reader comes from one. */
  withContacts?: boolean
  /** Told when it became read or unread. */
  onMarked?: OnMarked
  /** For who hears its key: marks it as unread, or as read. Empty where that cannot be. */
  toggleRead?: Ref<() => void>
}

/** All of one mail: who wrote to whom, its text, its files, who has it, and the way to its story. */
export function MailView(props: MailViewProps) {
  const { api, baseUrl, emailId, onOpened, withContacts = false, onMarked, toggleRead } = props
  const styles = useStyles()
  const path = `/api/v1/emails/${encodeURIComponent(emailId)}`
  const { state, reload } = useLoadable(() => api.get(path, EmailDetail), [api, path])
  useEffect(() => {
    if (state.status === 'ready') onOpened?.(state.value)
  }, [state, onOpened])

  if (state.status === 'loading') return <Spinner label="Opening the mail" />
  if (state.status === 'failed')
    return <ProblemBar title="The mail did not open" problem={state.error} onRetry={reload} />
  const email = state.value
  const { readState } = email
  const withheld = withheldText(email)
  return (
    <div className={styles.view}>
      <MailHeader email={email} />
      {withheld === null ? (
        <MailFrame address={`${baseUrl}${path}/body`} subject={email.subject} />
      ) : (
        <p className={styles.note}>{withheld}</p>
      )}
      {email.hasAttachments && email.visibility === 'full' && (
        <Attachments api={api} address={`${baseUrl}${path}/attachments`} path={path} />
      )}
      {readState && (
        <ReadStateButton
          api={api}
          email={{ id: email.id, readState }}
          isShown={withheld === null}
          onMarked={onMarked}
          toggleRef={toggleRead}
        />
      )}
      {withContacts && <Contacts api={api} path={path} />}
      <PageLink to={addresses.whyIsItHere(email.id)}>Why is it here?</PageLink>
    </div>
  )
}

/** An extra: where it cannot be had, the mail is read all the same, and nothing is said. */
function Contacts({ api, path }: { api: Api; path: string }) {
  const styles = useStyles()
  const { state } = useLoadable(() => api.get(`${path}/matches`, EmailMatches), [api, path])
  if (state.status !== 'ready' || state.value.matches.length === 0) return null
  return (
    <ul className={styles.contacts} aria-label="Contacts of this e-mail">
      {state.value.matches.map(({ contactId, name }) => (
        <li key={contactId}>
          <PageLink to={addresses.contact(contactId)}>
            Open <bdi>{name || 'the contact'}</bdi>
          </PageLink>
        </li>
      ))}
    </ul>
  )
}

/** Why there is no text to be shown; null: there is. */
export function withheldText({ visibility, isProtected }: EmailDetail): string | null {
  if (isProtected) return 'Its text is encrypted for its recipients. Open it in Outlook to read it.'
  return visibility === 'full' ? null : 'The mailbox it came to does not share its text.'
}

const useStyles = makeStyles({
  view: { display: 'grid', justifyItems: 'start', rowGap: tokens.spacingVerticalM, minWidth: 0 },
  contacts: {
    ...plainList,
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalM,
  },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
})
