import { Spinner, makeStyles, tokens } from '@fluentui/react-components'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../ui/hooks/use-loadable.ts'
import { useMailboxes } from '../mailboxes/use-mailboxes.ts'
import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'
import { Answer } from './answer.tsx'
import { QuestionForm } from './question-form.tsx'
import { storyOfEmail } from './story-of-email.ts'
import { useQuestion } from './use-question.ts'

export type ExplainViewProps = Visit & {
  /** The e-mail to be explained; null: the reader says which. */
  emailId: string | null
}

/** "Why is this mail here?" and "why is it not?", answered from the ledger. */
export default function ExplainView({ api, emailId }: ExplainViewProps) {
  const styles = useStyles()
  const mailboxes = useMailboxes(api)
  const { state } = mailboxes
  return (
    <>
      <PageTitle>Why is this mail here, or not?</PageTitle>
      <p className={styles.lead}>
        FlowCRM keeps an account of every mail in the folders it watches: what became of it, when,
        and why. Ask about one that you miss as well.
      </p>
      {state.status === 'loading' && <Spinner label="Loading your mailboxes" />}
      {state.status === 'failed' && (
        <ProblemBar
          title="Your mailboxes did not load"
          problem={state.error}
          onRetry={mailboxes.reload}
        />
      )}
      {state.status === 'ready' && state.value.length === 0 && (
        <p>
          No mailbox is connected yet, so there is nothing to explain.{' '}
          <PageLink inline to={addresses.inbox}>
            Connect one
          </PageLink>
        </p>
      )}
      {state.status === 'ready' && state.value.length > 0 && (
        <>
          {emailId !== null && <OfEmail api={api} emailId={emailId} />}
          <AnyMail api={api} mailboxes={state.value} />
        </>
      )}
    </>
  )
}

type PartProps = Pick<Visit, 'api'> & { mailboxes: readonly Mailbox[] }

/** The story of an e-mail that the reader came from. */
function OfEmail({ api, emailId }: Pick<Visit, 'api'> & { emailId: string }) {
  const styles = useStyles()
  const { state, reload } = useLoadable(() => storyOfEmail(api, emailId), [api, emailId])
  if (state.status === 'loading') return <Spinner label="Looking into the ledger" />
  if (state.status === 'failed')
    return <ProblemBar title="There is no answer" problem={state.error} onRetry={reload} />
  const { subject, stories, more } = state.value
  return (
    <>
      <p className={styles.subject} dir="auto">
        {subject || 'No subject'}
      </p>
      {stories.map(({ mailbox, explanation }) => (
        <Answer key={mailbox.id} explanation={explanation} mailboxAddress={mailbox.address} />
      ))}
      {more && <p>More mailboxes have it. Ask about one of them below.</p>}
      {stories.length === 0 && (
        <p>
          None of your mailboxes has an account of this e-mail: it was logged by hand, or it came to
          a mailbox whose story only its owner and administrators see.
        </p>
      )}
    </>
  )
}

/** A question of the reader's own. */
function AnyMail({ api, mailboxes }: PartProps) {
  const { state, ask } = useQuestion(api)
  return (
    <>
      <QuestionForm mailboxes={mailboxes} asking={state.status === 'asking'} onAsk={ask} />
      {state.status === 'failed' && (
        <ProblemBar title="There is no answer" problem={state.error} onRetry={state.again} />
      )}
      {state.status === 'told' && (
        <Answer explanation={state.explanation} mailboxAddress={state.mailbox.address} />
      )}
    </>
  )
}

const useStyles = makeStyles({
  lead: { margin: 0, maxWidth: '44rem', color: tokens.colorNeutralForeground2 },
  subject: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
})
