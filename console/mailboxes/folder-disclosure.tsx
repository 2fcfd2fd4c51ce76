import { makeStyles, tokens } from '@fluentui/react-components'
import { useId, useState } from 'react'
import { DisclosureButton } from '../disclosure/disclosure-button.tsx'
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
        <DisclosureButton of={listId} open={open} onChange={setOpen}>
          {count}
        </DisclosureButton>
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
  list: {
    ...plainList,
    rowGap: tokens.spacingVerticalS,
    ':not([hidden])': { display: 'grid' },
  },
})
