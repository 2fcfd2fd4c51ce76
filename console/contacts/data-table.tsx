import { makeStyles, tokens } from '@fluentui/react-components'
import { useId, type ReactNode } from 'react'

export type DataTableProps = {
  caption: string
  head: readonly string[]
  rows: readonly { key: string | number; cells: readonly ReactNode[] }[]
  /** The first cell of each row says what the row is about. */
  hasRowHeads?: boolean
}

/** A table of facts. It can be wider than a phone: then it is moved by itself, with the keyboard too. */
export function DataTable({ caption, head, rows, hasRowHeads = false }: DataTableProps) {
  const styles = useStyles()
  const captionId = useId()
  return (
    <div className={styles.frame} role="region" aria-labelledby={captionId} tabIndex={0}>
      <table className={styles.table}>
        <caption id={captionId} className={styles.caption}>
          {caption}
        </caption>
        <thead>
          <tr>
            {head.map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, at) =>
                hasRowHeads && at === 0 ? (
                  <th key={head[at]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={head[at]}>
                    <bdi>{cell}</bdi>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const useStyles = makeStyles({
  frame: {
    maxHeight: '40vh',
    overflow: 'auto',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  caption: {
    paddingBlockEnd: tokens.spacingVerticalXS,
    fontWeight: tokens.fontWeightSemibold,
    textAlign: 'start',
  },
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    fontSize: tokens.fontSizeBase200,
    '& th, & td': {
      padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
      borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
      textAlign: 'start',
      verticalAlign: 'top',
    },
    '& th': { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  },
})
