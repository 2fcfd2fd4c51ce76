import { makeStyles, tokens } from '@fluentui/react-components'
import { memo, useId, useState } from 'react'
import type { AuditRecord } from '../../../models/wire/audit.ts'
import { CopyButton } from '../../../ui/components/copy-button.tsx'
import { DisclosureButton } from '../../disclosure/disclosure-button.tsx'
import type { Names } from '../members/use-names.ts'
import { didWords, objectWords, roleWords } from './action-words.ts'
import type { FilterFields } from './filter.ts'
import { RecordDetails } from './record-details.tsx'
import type { Run } from './runs.ts'
import { plainList } from '../../shell/look.ts'

export type AuditRowProps = {
  /** Of several, what they have in common is shown, and each on demand. */
  run: Run
  names: Names
  /** Shows only what has this in common with the entry. */
  onNarrow: (change: Partial<FilterFields>) => void
}

/** An entry, or a run of them, as a sentence with its time and the thing's id; more of it on demand. */
export const AuditRow = memo(function AuditRow({ run, names, onNarrow }: AuditRowProps) {
  const styles = useStyles()
  const bodyId = useId()
  const [open, setOpen] = useState(false)
  const [{ seq, at, who, action, object }] = run
  const oldest = run.at(-1) ?? run[0]
  const isOne = run.length === 1
  const role = roleWords(who.role)
  return (
    <li className={styles.row}>
      <span className={styles.sentence}>
        <bdi className={styles.who}>{names.nameOf(who.userId) ?? who.userId}</bdi>
        {role && ` (${role})`} {didWords(action)}
        {!isOne && `, ${run.length} times`}
      </span>
      <span className={styles.quiet}>
        {!isOne && (
          <>
            <Moment at={oldest.at} /> to{' '}
          </>
        )}
        <Moment at={at} />
      </span>
      <ObjectName object={object} names={names} />
      <DisclosureButton
        of={bodyId}
        open={open}
        onChange={setOpen}
        label={isOne ? `Details of entry ${seq}` : `Each of them: entries ${oldest.seq} to ${seq}`}
        className={styles.toggle}
      >
        {isOne ? 'Details' : 'Each of them'}
      </DisclosureButton>
      <div id={bodyId} hidden={!open} className={styles.body}>
        {open && isOne && <RecordDetails record={run[0]} onNarrow={onNarrow} />}
        {open && !isOne && (
          <ol className={styles.run} aria-label={`Entries ${oldest.seq} to ${seq}`}>
            {run.map((one) => (
              <AuditRow key={one.seq} run={[one]} names={names} onNarrow={onNarrow} />
            ))}
          </ol>
        )}
      </div>
    </li>
  )
})

const Moment = ({ at }: { at: string }) => (
  <time dateTime={at}>{new Date(at).toLocaleString()}</time>
)

/** Lists and what comes in live are of every mailbox that one may see, or of one. */
const ALL = 'all'

type ObjectNameProps = Pick<AuditRecord, 'object'> & { names: Names }

function ObjectName({ object: { kind, id }, names }: ObjectNameProps) {
  const styles = useStyles()
  if (kind === 'mailbox' && id === ALL)
    return <span className={styles.object}>Every mailbox they may see</span>
  const word = objectWords(kind)
  const name = names.nameOf(id)
  return (
    <span className={styles.object}>
      <span>{word}</span>
      {name !== null && <bdi>{name}</bdi>}
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
  run: plainList,
  body: { gridColumn: '1 / -1', minWidth: 0 },
})
