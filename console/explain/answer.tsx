import {
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components'
import { useId } from 'react'
import type { Explanation, FoundStory } from '../../models/wire/explain.ts'
import { Hidden } from '../../ui/components/hidden.tsx'
import { useNow } from '../../ui/hooks/use-now.ts'
import { mailTime } from '../../ui/mail-time.ts'
import { card, heading, plainList } from '../shell/look.ts'
import { Story } from './story.tsx'

export type AnswerProps = { explanation: Explanation; mailboxAddress: string }

/** Why a mail is here, or is not: the answer, and the story of each mail it speaks of. */
export function Answer({ explanation, mailboxAddress }: AnswerProps) {
  const styles = useStyles()
  const titleId = useId()
  const { summary, trouble, accounts, found, more } = explanation
  const isSaidBelow = [...accounts, ...found].some(({ sentence }) => sentence === summary)
  return (
    <section className={styles.answer} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        In {mailboxAddress}
      </h2>
      {/* One story says it by itself; those who listen are told at once. */}
      <p className={mergeClasses(styles.said, !isSaidBelow && styles.summary)} role="status">
        {isSaidBelow ? <Hidden>{summary}</Hidden> : summary}
      </p>
      {trouble?.todo && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>What to do: {trouble.todo}</MessageBarBody>
        </MessageBar>
      )}
      <ul className={styles.list} aria-label="Stories">
        {accounts.map((account) => (
          <Story key={account.messageId} account={account} />
        ))}
        {found.map((place) => (
          <Found key={place.messageId} found={place} />
        ))}
      </ul>
      {more && <p className={styles.quiet}>There are more. Narrow the question to see them.</p>}
    </section>
  )
}

/** A message of which the ledger has nothing, and where it lies. */
function Found({ found: { sentence, change, receivedAt } }: { found: FoundStory }) {
  const styles = useStyles()
  const now = useNow()
  return (
    <li className={styles.card}>
      {receivedAt !== null && <strong>Received {mailTime(receivedAt, now).full}</strong>}
      <span>{sentence}</span>
      <span>
        <strong>What would change it: </strong>
        {change}
      </span>
    </li>
  )
}

const useStyles = makeStyles({
  answer: { display: 'grid', rowGap: tokens.spacingVerticalM, maxWidth: '56rem' },
  title: heading,
  said: { margin: 0 },
  summary: { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  list: { ...plainList, display: 'grid', rowGap: tokens.spacingVerticalM },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
  card: {
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    ...card,
  },
})
