import { makeStyles, tokens } from '@fluentui/react-components'
import type { WatchedFolder } from '../../models/wire/mailbox.ts'
import type { FolderStatement } from '../../models/wire/statement.ts'
import { useNow } from '../../ui/hooks/use-now.ts'
import { mailTime, timeAgo } from '../../ui/mail-time.ts'

const COLUMNS = [
  ['stored', 'In the CRM'],
  ['pending', 'Waiting'],
  ['excluded', 'Left out'],
  ['failed', 'Not readable'],
  ['gone', 'Gone'],
] as const

export type FolderTableProps = {
  folders: readonly FolderStatement[]
  watched: readonly WatchedFolder[]
}

/** Each folder's messages by what became of them, its last comparison, and until when Microsoft 365 rings for it. */
export function FolderTable({ folders, watched }: FolderTableProps) {
  const styles = useStyles()
  const now = useNow()
  const until = new Map(watched.map(({ id, subscriptionExpiresAt }) => [id, subscriptionExpiresAt]))
  return (
    // It can be wider than a phone: then it is moved by itself, with the keyboard too.
    <div className={styles.frame} role="region" aria-label="Messages by folder" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Folder</th>
            {COLUMNS.map(([state, word]) => (
              <th key={state} scope="col" className="number">
                {word}
              </th>
            ))}
            <th scope="col">Compared</th>
            <th scope="col">Notified until</th>
          </tr>
        </thead>
        <tbody>
          {folders.map(({ id, name, counts, comparison, deletedAt }) => (
            <tr key={id}>
              <th scope="row">
                <bdi>{name}</bdi>
                {deletedAt !== null && ' (deleted in the mailbox)'}
              </th>
              {COLUMNS.map(([state]) => (
                <td key={state} className="number">
                  {counts[state].toLocaleString()}
                </td>
              ))}
              <td>
                {comparison
                  ? `${comparison.equal ? 'equal' : 'not equal'}, ${timeAgo(comparison.at, now)}`
                  : 'not yet'}
              </td>
              <td>{expiryWords(until.get(id), now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const expiryWords = (at: string | null | undefined, now: Date): string =>
  at ? mailTime(at, now).short : 'asked at fixed times'

const useStyles = makeStyles({
  frame: {
    overflowX: 'auto',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'nowrap',
    '& th, & td': {
      padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
      borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
      textAlign: 'start',
    },
    '& .number': { textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
    '& th': { fontWeight: tokens.fontWeightSemibold },
  },
})
