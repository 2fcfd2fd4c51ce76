import { Spinner, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { ThreadPage, type Email } from '../../models/wire/email.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useNow } from '../../ui/hooks/use-now.ts'
import { mailTime } from '../../ui/mail-time.ts'
import { MailView } from '../emails/mail-view.tsx'
import { LoadMore } from '../paging/load-more.tsx'
import { pathWith, usePages } from '../paging/use-pages.ts'
import { plainList } from '../shell/look.ts'
import type { Visit } from '../visit.ts'
import { writersOf, type Conversation } from './group.ts'

export type ConversationRowProps = { conversation: Conversation; visit: Visit }

/** One conversation; opened, its e-mails, each of which opens in its place. */
export function ConversationRow({ conversation, visit }: ConversationRowProps) {
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
  if (only && others.length === 0) return <MailView {...visit} emailId={only.id} />
  return (
    <>
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

type FoldingProps = {
  title: string
  facts: string
  at: string
  /** Asked for when it is opened. */
  children: () => ReactNode
}

function Folding({ title, facts, at, children }: FoldingProps) {
  const styles = useStyles()
  const now = useNow()
  const bodyId = useId()
  const [open, setOpen] = useState(false)
  const time = mailTime(at, now)
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-controls={bodyId}
        onClick={() => setOpen(!open)}
      >
        {open ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
        <bdi className={mergeClasses(styles.line, styles.title)}>{title}</bdi>
        <time dateTime={at} title={time.full} className={styles.time}>
          {time.short}
        </time>
        <bdi className={mergeClasses(styles.line, styles.facts)}>{facts}</bdi>
      </button>
      <div id={bodyId} className={styles.body} hidden={!open}>
        {open && children()}
      </div>
    </li>
  )
}

const useStyles = makeStyles({
  list: plainList,
  item: {
    ':not(:first-child)': {
      borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    },
  },
  button: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    boxSizing: 'border-box',
    width: '100%',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase300,
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  line: { overflowX: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  title: { fontWeight: tokens.fontWeightSemibold },
  time: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  facts: {
    gridColumn: '2 / -1',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
  body: { paddingInline: tokens.spacingHorizontalM, paddingBlockEnd: tokens.spacingVerticalS },
})
