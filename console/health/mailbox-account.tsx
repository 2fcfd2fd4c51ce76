import { Button, Link, Spinner, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownload16Regular } from '@fluentui/react-icons/svg/arrow-download'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import { SignedStatement } from '../../models/wire/statement.ts'
import type { Api } from '../../ui/api/client.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../ui/hooks/use-loadable.ts'
import { Disclosure } from '../disclosure/disclosure.tsx'
import { FolderTable } from './folder-table.tsx'

export type MailboxAccountProps = { api: Api; mailbox: Mailbox }

/** What became of every message, folder by folder; loaded when somebody wants to see it. */
export function MailboxAccount({ api, mailbox }: MailboxAccountProps) {
  if (mailbox.folders.length === 0) return null
  return (
    <Disclosure title="Account of every message">
      {() => <Account api={api} mailbox={mailbox} />}
    </Disclosure>
  )
}

function Account({ api, mailbox }: MailboxAccountProps) {
  const styles = useStyles()
  const path = `/api/v1/mailboxes/${encodeURIComponent(mailbox.id)}/statement`
  const { state, reload } = useLoadable(() => api.get(path, SignedStatement), [api, path])
  if (state.status === 'loading') return <Spinner label="Counting" />
  if (state.status === 'failed')
    return <ProblemBar title="The account did not load" problem={state.error} onRetry={reload} />
  const signed = state.value
  const { complete, shortfalls, folders, at } = signed.statement
  return (
    <div className={styles.account}>
      <p className={styles.text}>
        {complete
          ? 'Complete: mailbox and CRM were compared, message by message.'
          : 'Not yet complete:'}
      </p>
      {shortfalls.length > 0 && (
        <ul className={styles.shortfalls}>
          {shortfalls.map(({ code, folderId, sentence }) => (
            <li key={`${code} ${folderId ?? ''}`}>{sentence}</li>
          ))}
        </ul>
      )}
      <FolderTable folders={folders} watched={mailbox.folders} />
      <div className={styles.ways}>
        <Link href={fileOf(signed)} download={`flowcrm-statement-${at.slice(0, 10)}.json`}>
          <ArrowDownload16Regular aria-hidden /> Download the signed statement
        </Link>
        <Button size="small" appearance="subtle" onClick={reload}>
          Count again
        </Button>
      </div>
    </div>
  )
}

/** The statement as a file of its own, so that what is downloaded is what is shown. */
const fileOf = (signed: SignedStatement): string =>
  `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(signed))}`

const useStyles = makeStyles({
  account: { display: 'grid', rowGap: tokens.spacingVerticalM, minWidth: 0 },
  text: { margin: 0 },
  shortfalls: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL },
  ways: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
  },
})
