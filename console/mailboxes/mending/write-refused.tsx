import { makeStyles, tokens } from '@fluentui/react-components'
import type { Mailbox } from '../../../models/wire/mailbox.ts'
import { LinkButton } from '../../shell/link-button.tsx'
import { waitsToBeWritten, wayToWrite, type Looker } from './ways-out.ts'

export type WriteRefusedProps = { mailbox: Mailbox; session: Looker }

/** What is to go back to the mailbox waits for a permission. It is read all the same, so its light says nothing of it. */
export function WriteRefused({ mailbox, session }: WriteRefusedProps) {
  const styles = useStyles()
  const { writeRefused, displayName, address } = mailbox
  if (!writeRefused || !waitsToBeWritten(mailbox)) return null
  const { sentence, todo } = writeRefused
  const way = wayToWrite(mailbox, session)
  return (
    <div className={styles.root}>
      <p className={styles.text}>{sentence}</p>
      <p className={styles.text}>
        <strong>What to do: </strong>
        {todo}
      </p>
      {way === 'owner' && (
        <p className={styles.text}>
          Only its owner can allow it: ask <bdi>{displayName || address}</bdi> to do so here.
        </p>
      )}
      {way === 'sign-in' && (
        <div>
          <LinkButton href="/auth/connect">Allow it in Outlook</LinkButton>
        </div>
      )}
      {way === 'consent' && (
        <div>
          <LinkButton href="/auth/admin-consent">Grant admin consent</LinkButton>
        </div>
      )}
    </div>
  )
}

const useStyles = makeStyles({
  root: { display: 'grid', rowGap: tokens.spacingVerticalS },
  text: { margin: 0 },
})
