import { Badge, Button, makeStyles, tokens } from '@fluentui/react-components'
import { useId, useState } from 'react'
import type { DryRun } from '../../../models/wire/rules.ts'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { mailTime } from '../../../ui/mail-time.ts'
import { PageLink } from '../../router/page-link.tsx'
import { addresses } from '../../router/route.ts'
import { plainList } from '../../shell/look.ts'

type Change = DryRun['changes'][number]

const EFFECTS = {
  added: { word: 'Added', color: 'success' },
  removed: { word: 'Removed', color: 'danger' },
  hidden: { word: 'Hidden', color: 'warning' },
} as const

/** So many are shown at first; more on request. */
const STEP = 10

/** The mails that rules would change, the newest first. */
export function Changes({ told: { changes, reasons } }: { told: DryRun }) {
  const styles = useStyles()
  const titleId = useId()
  const [shown, setShown] = useState(STEP)
  if (changes.length === 0) return null
  const sentences = new Map(reasons.map(({ reason, sentence }) => [reason, sentence]))
  return (
    <div>
      <h3 id={titleId} className={styles.title}>
        Which mails
      </h3>
      <ul className={styles.list} aria-labelledby={titleId}>
        {changes.slice(0, shown).map((change) => (
          <Row
            key={change.messageId}
            change={change}
            sentence={sentences.get(change.reason ?? '') ?? null}
          />
        ))}
      </ul>
      {changes.length > shown && (
        <Button size="small" appearance="subtle" onClick={() => setShown(shown + STEP)}>
          {`Show more (${shown} of ${changes.length.toLocaleString()})`}
        </Button>
      )}
    </div>
  )
}

function Row({ change, sentence }: { change: Change; sentence: string | null }) {
  const styles = useStyles()
  const now = useNow()
  const { effect, subject, from, receivedAt, emailId } = change
  const { word, color } = EFFECTS[effect]
  const time = mailTime(receivedAt, now)
  const isHidden = subject === null && from === null
  return (
    <li className={styles.row}>
      <Badge appearance="tint" shape="rounded" color={color} className={styles.effect}>
        {word}
      </Badge>
      <div className={styles.words}>
        <div dir="auto" className={styles.subject}>
          {isHidden ? (
            <em>A mail that you do not see</em>
          ) : subject === null ? (
            <em>Its subject is not shared with you</em>
          ) : (
            subject || <em>No subject</em>
          )}
        </div>
        <div className={styles.quiet}>
          {from && (
            <>
              <bdi>{from.name || from.address}</bdi>,{' '}
            </>
          )}
          <time dateTime={receivedAt} title={time.full}>
            {time.short}
          </time>
        </div>
        {sentence !== null && <div className={styles.quiet}>{sentence}</div>}
        {emailId !== null && (
          <PageLink to={addresses.whyIsItHere(emailId)}>Why is it here?</PageLink>
        )}
      </div>
    </li>
  )
}

const useStyles = makeStyles({
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { ...plainList, display: 'grid' },
  row: {
    display: 'grid',
    gridTemplateColumns: '5rem minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    paddingBlock: tokens.spacingVerticalS,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  effect: { justifySelf: 'start' },
  words: { minWidth: 0 },
  subject: { overflowWrap: 'anywhere' },
  quiet: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
})
