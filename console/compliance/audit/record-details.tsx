import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { Fragment } from 'react'
import type { AuditDetails, AuditRecord } from '../../../models/wire/audit.ts'
import type { FilterFields } from './filter.ts'

export type RecordDetailsProps = {
  record: AuditRecord
  onNarrow: (change: Partial<FilterFields>) => void
}

/** All that an entry holds, and the ways to what has something in common with it. */
export function RecordDetails({ record, onNarrow }: RecordDetailsProps) {
  const styles = useStyles()
  const { who, object } = record
  return (
    <div className={styles.details}>
      <dl className={styles.facts}>
        {factsOf(record).map(([label, value]) => (
          <Fragment key={label}>
            <dt className={styles.label}>{label}</dt>
            <dd className={styles.value}>{value}</dd>
          </Fragment>
        ))}
      </dl>
      <div className={styles.ways}>
        <Button size="small" onClick={() => onNarrow({ userId: who.userId })}>
          Only what this person did
        </Button>
        <Button
          size="small"
          onClick={() => onNarrow({ objectKind: object.kind, objectId: object.id })}
        >
          Only what was done to this
        </Button>
      </div>
    </div>
  )
}

function factsOf({ seq, who, action, details, detailsHash, hash, prevHash }: AuditRecord) {
  const more: [string, string][] =
    details === null
      ? [['Details', detailsHash === '' ? 'none' : 'destroyed; the entry itself is as it was']]
      : Object.entries(details).map(([name, value]) => [inWords(name), valueWords(value)])
  return [
    ...more,
    ['Entry', seq.toLocaleString()],
    ['Action', action],
    ['Person’s id', who.userId],
    ['Acted as', who.role],
    ['Fingerprint', hash],
    ['Follows', prevHash || 'nothing: it is the first entry'],
  ] as const
}

/** `remotePictures` as "Remote pictures". */
function inWords(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function valueWords(value: AuditDetails[string]): string {
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return value.toLocaleString()
  return Array.isArray(value) ? value.join(', ') || 'none' : value
}

const useStyles = makeStyles({
  details: {
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    paddingBlock: tokens.spacingVerticalS,
  },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXXS,
    margin: 0,
    fontSize: tokens.fontSizeBase200,
  },
  label: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  ways: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})
