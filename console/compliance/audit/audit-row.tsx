import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right'
import { memo, useId, useState } from 'react'
import type { AuditRecord } from '../../../models/wire/audit.ts'
import { CopyButton } from '../../../ui/components/copy-button.tsx'
import type { Names } from '../members/use-names.ts'
import { didWords, objectWords, roleWords } from './action-words.ts'
import type { FilterFields } from './filter.ts'
import { RecordDetails } from './record-details.tsx'

export type AuditRowProps = {
  record: AuditRecord
  names: Names
  /** Shows only what has this in common with the entry. */
  onNarrow: (change: Partial<FilterFields>) => void
}

/** One entry as a sentence, with its time and the thing's id; more of it on demand. */
export const AuditRow = memo(function AuditRow({ record, names, onNarrow }: AuditRowProps) {
  const styles = useStyles()
  const bodyId = useId()
  const [open, setOpen] = useState(false)
  const { seq, at, who, action, object } = record
  const role = roleWords(who.role)
  return (
    <li className={styles.row}>
      <span className={styles.sentence}>
        <bdi className={styles.who}>{names.nameOf(who.userId) ?? who.userId}</bdi>
        {role && ` (${role})`} {didWords(action)}
      </span>
      <time dateTime={at} className={styles.quiet}>
        {new Date(at).toLocaleString()}
      </time>
      <ObjectName object={object} />
      <Button
        size="small"
        appearance="transparent"
        className={styles.toggle}
        icon={open ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
        aria-expanded={open}
        aria-controls={bodyId}
        aria-label={`Details of entry ${seq}`}
        onClick={() => setOpen(!open)}
      >
        Details
      </Button>
      <div id={bodyId} hidden={!open} className={styles.body}>
        {open && <RecordDetails record={record} onNarrow={onNarrow} />}
      </div>
    </li>
  )
})

/** Lists and what comes in live are of every mailbox that one may see, or of one. */
const ALL = 'all'

function ObjectName({ object: { kind, id } }: Pick<AuditRecord, 'object'>) {
  const styles = useStyles()
  if (kind === 'mailbox' && id === ALL)
    return <span className={styles.object}>Every mailbox they may see</span>
  const word = objectWords(kind)
  return (
    <span className={styles.object}>
      <span>{word}</span>
      <code className={styles.id}>{id}</code>
      <CopyButton text={id} label={`Copy the id of this ${word.toLowerCase()}`} />
    </span>
  )
}

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    ':not(:first-child)': {
      borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    },
    '@media (max-width: 719px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  sentence: { overflowWrap: 'anywhere' },
  who: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  object: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    minWidth: 0,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
  id: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
  toggle: {
    justifySelf: 'end',
    '@media (max-width: 719px)': { justifySelf: 'start', paddingInlineStart: 0 },
  },
  body: { gridColumn: '1 / -1', minWidth: 0 },
})
