import {
  Field,
  Select,
  Skeleton,
  SkeletonItem,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useMailboxes } from '../mailboxes/use-mailboxes.ts'
import { navigate } from '../router/navigate.ts'
import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'
import { MailboxEditor } from './mailbox-editor.tsx'
import { OrganizationEditor } from './organization/organization-editor.tsx'

export type RulesViewProps = Visit & {
  /** Whose rules; null: the organization's for an admin, else those of the reader's own mailbox. */
  mailboxId: string | null
}

/** What stays out of the CRM, with what a change would do beside it. */
export default function RulesView({ api, session, mailboxId }: RulesViewProps) {
  const styles = useStyles()
  const mailboxes = useMailboxes(api)
  const { state } = mailboxes
  return (
    <>
      <PageTitle>Rules</PageTitle>
      <p className={styles.lead}>
        They say which mail stays out of the CRM. A change holds for new mail at once, and for the
        mail that is there when you apply it.
      </p>
      {state.status === 'loading' && (
        <Skeleton aria-label="Loading your mailboxes">
          <SkeletonItem size={32} style={{ maxWidth: '24rem' }} />
        </Skeleton>
      )}
      {state.status === 'failed' && (
        <ProblemBar
          title="Your mailboxes did not load"
          problem={state.error}
          onRetry={mailboxes.reload}
        />
      )}
      {state.status === 'ready' && (
        <Chosen {...{ api, session, mailboxId }} mailboxes={state.value.filter(isThere)} />
      )}
    </>
  )
}

/** One that was disconnected has no rules any more. */
const isThere = ({ status }: Mailbox): boolean => status !== 'disconnected'

type ChosenProps = Pick<RulesViewProps, 'api' | 'session' | 'mailboxId'> & {
  mailboxes: readonly Mailbox[]
}

/** The rules of whom the address names. */
function Chosen({ api, session, mailboxId, mailboxes }: ChosenProps) {
  const styles = useStyles()
  const [isEdited, setIsEdited] = useState(false)
  const isAdmin = session.roles.includes('admin')
  const ownerId = mailboxId ?? (isAdmin ? ORGANIZATION : (mailboxes[0]?.id ?? null))
  const mailbox = mailboxes.find(({ id }) => id === ownerId)
  if (ownerId === null)
    return (
      <p>
        No mailbox of yours is connected yet, so there are no rules to choose.{' '}
        <PageLink inline to={addresses.inbox}>
          Connect one
        </PageLink>
      </p>
    )
  const isOrganization = isAdmin && ownerId === ORGANIZATION
  return (
    <>
      <Field
        label="Whose rules"
        className={styles.whose}
        hint={isEdited ? 'Save or discard what you have typed to look at others.' : null}
      >
        <Select
          value={ownerId}
          disabled={isEdited}
          onChange={(_event, { value }) =>
            navigate(value === ORGANIZATION ? addresses.rules : addresses.mailboxRules(value))
          }
        >
          {isAdmin && <option value={ORGANIZATION}>Everybody’s (the organization)</option>}
          {mailboxes.map(({ id, address }) => (
            <option key={id} value={id}>
              {address}
            </option>
          ))}
          {!mailbox && !isOrganization && <option value={ownerId}>Another mailbox</option>}
        </Select>
      </Field>
      {isOrganization && (
        <OrganizationEditor api={api} mailboxes={mailboxes} onEdited={setIsEdited} />
      )}
      {mailbox && (
        <MailboxEditor key={mailbox.id} {...{ api, session, mailbox }} onEdited={setIsEdited} />
      )}
      {!mailbox && !isOrganization && (
        <p role="status">This mailbox is not connected any more, or it is not yours to see.</p>
      )}
    </>
  )
}

/** Stands for the organization where a mailbox's id could stand. */
const ORGANIZATION = ''

const useStyles = makeStyles({
  lead: { margin: 0, maxWidth: '44rem', color: tokens.colorNeutralForeground2 },
  whose: { maxWidth: '24rem', '& .fui-Select': { minWidth: 0 } },
})
