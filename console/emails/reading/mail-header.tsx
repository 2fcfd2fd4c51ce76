import { makeStyles, tokens } from '@fluentui/react-components'
import type { Party, Sighting } from '../../../models/wire/email.ts'
import type { EmailDetail } from '../../../models/wire/email-detail.ts'
import { sightingWords } from '../../../ui/components/sightings.ts'

/** Who wrote to whom, when, and who has it. */
export function MailHeader({ email }: { email: EmailDetail }) {
  const styles = useStyles()
  const { from, sender, to, cc, bcc, replyTo } = email
  const lines: [string, Party[]][] = [
    ['From', from ? [from] : []],
    ['Sent by', sender ? [sender] : []],
    ['To', to],
    ['Cc', cc],
    ['Bcc', bcc],
    ['Reply to', replyTo],
  ]
  return (
    <dl className={styles.header}>
      {lines
        .filter(([, parties]) => parties.length > 0)
        .map(([label, parties]) => (
          <div key={label} className={styles.line}>
            <dt className={styles.label}>{label}</dt>
            <dd className={styles.value}>
              <bdi>{parties.map(inWords).join(', ')}</bdi>
            </dd>
          </div>
        ))}
      <div className={styles.line}>
        <dt className={styles.label}>Received</dt>
        <dd className={styles.value}>
          <time dateTime={email.receivedAt}>{new Date(email.receivedAt).toLocaleString()}</time>
        </dd>
      </div>
      <div className={styles.line}>
        <dt className={styles.label}>Seen in</dt>
        {email.sightings.map((sighting) => (
          <dd key={sightingWords(sighting)} className={styles.value}>
            <bdi>{placeWords(sighting)}</bdi>
          </dd>
        ))}
      </div>
    </dl>
  )
}

const inWords = ({ name, address }: Party): string =>
  name && name !== address ? `${name} <${address}>` : address

const placeWords = (sighting: Sighting): string =>
  sighting.goneAt === undefined
    ? sightingWords(sighting)
    : `${sightingWords(sighting)} (no longer there)`

const useStyles = makeStyles({
  header: { display: 'grid', rowGap: tokens.spacingVerticalXXS, margin: 0, maxWidth: '100%' },
  line: {
    display: 'grid',
    gridTemplateColumns: '5rem minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
  },
  label: { color: tokens.colorNeutralForeground3 },
  value: { gridColumn: '2', margin: 0, overflowWrap: 'anywhere' },
})
