import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right'
import { useId, useState } from 'react'
import type { WatchedFolder } from '../../models/wire/mailbox.ts'
import { WatchedFolderRow } from './watched-folder-row.tsx'
import { plainList } from '../shell/look.ts'

export type FolderDisclosureProps = {
  folders: readonly WatchedFolder[]
  /** Whose they are, for the list's name. */
  of: string
  now: Date
  folded: boolean
}

/** The watched folders; `folded` ones wait behind "3 folders". */
export function FolderDisclosure({ folders, of, now, folded }: FolderDisclosureProps) {
  const styles = useStyles()
  const listId = useId()
  const [open, setOpen] = useState(!folded)
  const count = `${folders.length} ${folders.length === 1 ? 'folder' : 'folders'}`
  return (
    <div>
      {folded && (
        <Button
          appearance="transparent"
          size="small"
          className={styles.toggle}
          icon={open ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
          aria-expanded={open}
          aria-controls={listId}
          onClick={() => setOpen(!open)}
        >
          {count}
        </Button>
      )}
      <ul
        id={listId}
        className={styles.list}
        aria-label={`Folders of ${of}`}
        hidden={folded && !open}
      >
        {folders.map((folder) => (
          <WatchedFolderRow key={folder.id} folder={folder} now={now} />
        ))}
      </ul>
    </div>
  )
}

const useStyles = makeStyles({
  toggle: { minWidth: 0, paddingInline: 0 },
  list: {
    ...plainList,
    rowGap: tokens.spacingVerticalS,
    ':not([hidden])': { display: 'grid' },
  },
})
