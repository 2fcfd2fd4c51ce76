import { ProgressBar, makeStyles, tokens } from '@fluentui/react-components'
import type {
  ImportCounts,
  ImportFault,
  ImportPreview,
} from '../../../models/wire/contacts/contact-import.ts'
import { DataTable } from '../data-table.tsx'
import type { ImportStep } from './use-import.ts'

type Of<At extends ImportStep['at']> = Extract<ImportStep, { at: At }>

/** What would happen. */
export function ImportLook({ fileName, preview }: Pick<Of<'previewed'>, 'fileName' | 'preview'>) {
  const styles = useStyles()
  const { counts, sample, faults, rows } = preview
  return (
    <>
      <p className={styles.text}>
        <bdi>{fileName}</bdi>: {rowWords(rows)}. Nothing is imported yet.
      </p>
      <Counts counts={counts} words={WOULD} />
      <Columns columns={preview.columns} />
      {sample.length > 0 && (
        <DataTable
          caption={sample.length < rows ? 'The first rows, as they would be' : 'As they would be'}
          head={['Row', 'Name', 'E-mail', 'Company', 'What happens']}
          rows={sample.map(({ row, becomes, name, addresses, company }) => ({
            key: row,
            cells: [row, name, addresses.join(', '), company, BECOMES[becomes]],
          }))}
        />
      )}
      <Faults faults={faults} count={counts.failed} />
    </>
  )
}

/** How far it is. */
export function ImportRunning({ preview, done }: Of<'importing'>) {
  const styles = useStyles()
  const words = `${done.toLocaleString()} of ${rowWords(preview.rows)}`
  return (
    <div className={styles.running}>
      <span>{words}</span>
      <ProgressBar
        aria-label="Rows read in"
        aria-valuetext={words}
        max={Math.max(preview.rows, 1)}
        value={Math.min(done, preview.rows)}
      />
      <span className={styles.quiet}>You may close this; the import goes on.</span>
    </div>
  )
}

/** What became of it. */
export function ImportDone({ fileName, result }: Of<'imported'>) {
  const styles = useStyles()
  return (
    <>
      <p className={styles.text}>
        <bdi>{fileName}</bdi> is imported: {rowWords(result.total)}.
      </p>
      <Counts counts={result.counts} words={DID} />
      <Faults faults={result.faults} count={result.counts.failed} />
    </>
  )
}

type CountWords = Record<keyof ImportCounts, string>

const WOULD: CountWords = {
  created: 'New contacts',
  updated: 'Contacts that get what they lack',
  unchanged: 'There already, as they are',
  failed: 'Rows that cannot be read in',
}
const DID: CountWords = {
  created: 'Contacts created',
  updated: 'Contacts that got what they lacked',
  unchanged: 'Left as they were',
  failed: 'Rows that were not read in',
}
const BECOMES: Record<ImportPreview['sample'][number]['becomes'], string> = {
  created: 'New contact',
  updated: 'Gets what it lacks',
  unchanged: 'Stays as it is',
}

function Counts({ counts, words }: { counts: ImportCounts; words: CountWords }) {
  const styles = useStyles()
  return (
    <dl className={styles.counts}>
      {(['created', 'updated', 'unchanged', 'failed'] as const).map((each) => (
        <div key={each} className={styles.count}>
          <dt className={styles.quiet}>{words[each]}</dt>
          <dd className={styles.number}>{counts[each].toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Says which columns are left aside: what is not imported must not be missed later. */
function Columns({ columns }: Pick<ImportPreview, 'columns'>) {
  const styles = useStyles()
  const aside = columns.filter(({ as, column }) => as === null && column !== '')
  if (aside.length === 0) return null
  return (
    <p className={styles.text}>
      Not read: <bdi>{aside.map(({ column }) => column).join(', ')}</bdi>.
    </p>
  )
}

function Faults({ faults, count }: { faults: readonly ImportFault[]; count: number }) {
  if (faults.length === 0) return null
  return (
    <DataTable
      caption={
        faults.length < count
          ? `The first ${faults.length} of ${count.toLocaleString()} rows to be mended`
          : 'To be mended in the file'
      }
      head={['Row', 'Column', 'What is wrong', 'What to do']}
      rows={faults.map(({ row, column, message, todo }) => ({
        key: `${row} ${column ?? ''} ${message}`,
        cells: [row, column ?? 'Whole row', message, todo],
      }))}
    />
  )
}

const rowWords = (rows: number): string => `${rows.toLocaleString()} ${rows === 1 ? 'row' : 'rows'}`

const useStyles = makeStyles({
  text: { margin: 0, overflowWrap: 'anywhere' },
  running: { display: 'grid', rowGap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  counts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(9rem, 1fr))',
    gap: tokens.spacingHorizontalM,
    margin: 0,
  },
  count: { display: 'flex', flexDirection: 'column-reverse', justifyContent: 'flex-end' },
  number: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
})
