import { Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useId } from 'react'
import type { FolderNode } from './folder-tree.ts'
import { plainList } from '../shell/look.ts'

export type FolderCheckboxesProps = {
  nodes: readonly FolderNode[]
  ticked: ReadonlySet<string>
  onTick: (folderId: string, ticked: boolean) => void
  label?: string
}

/** The folder tree as nested lists of check boxes. */
export function FolderCheckboxes({ nodes, ticked, onTick, label }: FolderCheckboxesProps) {
  const styles = useStyles()
  return (
    <ul className={styles.list} aria-label={label}>
      {nodes.map((node) => (
        <li key={node.folder.id} className={styles.item}>
          <FolderCheckbox node={node} ticked={ticked} onTick={onTick} />
          {node.children.length > 0 && (
            <FolderCheckboxes
              nodes={node.children}
              ticked={ticked}
              onTick={onTick}
              label={`In ${node.folder.displayName}`}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

type FolderCheckboxProps = Omit<FolderCheckboxesProps, 'nodes' | 'label'> & { node: FolderNode }

function FolderCheckbox({ node, ticked, onTick }: FolderCheckboxProps) {
  const styles = useStyles()
  const countId = useId()
  const { id, displayName, totalItemCount, hidden, deleted } = node.folder
  const count = `${totalItemCount.toLocaleString()} ${totalItemCount === 1 ? 'item' : 'items'}`
  return (
    <div className={styles.row}>
      <Checkbox
        label={<bdi>{displayName}</bdi>}
        aria-describedby={countId}
        checked={ticked.has(id)}
        onChange={(_event, { checked }) => onTick(id, checked === true)}
      />
      <span id={countId} className={styles.count}>
        {deleted ? 'deleted in the mailbox' : hidden ? `hidden in Outlook, ${count}` : count}
      </span>
    </div>
  )
}

const useStyles = makeStyles({
  list: plainList,
  item: { '& > ul': { paddingInlineStart: tokens.spacingHorizontalXL } },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
    '& label': { overflowWrap: 'anywhere' },
  },
  count: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})
