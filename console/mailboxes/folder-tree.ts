import type { FolderChoice, Mailbox } from '../../models/wire/mailbox.ts'

/** Where a mailbox's folders are asked for, and chosen. */
export const foldersPath = ({ id }: Pick<Mailbox, 'id'>): string =>
  `/api/v1/mailboxes/${encodeURIComponent(id)}/folders`

export type FolderNode = { folder: FolderChoice; children: FolderNode[] }

/** The list in reading order, with its indents, as the tree it came from. */
export function folderTree(folders: readonly FolderChoice[]): FolderNode[] {
  const roots: FolderNode[] = []
  const path: FolderNode[] = []
  for (const folder of folders) {
    const node = { folder, children: [] }
    path.length = Math.min(path.length, Math.max(0, folder.depth))
    const siblings = path.at(-1)?.children ?? roots
    siblings.push(node)
    path.push(node)
  }
  return roots
}

/** What is ticked at first: what is watched; for a mailbox that watches nothing yet, what is suggested. */
export function tickedAtFirst(folders: readonly FolderChoice[]): Set<string> {
  const watched = folders.filter((folder) => folder.watched)
  const ticked = watched.length > 0 ? watched : folders.filter((folder) => folder.suggested)
  return new Set(ticked.map(({ id }) => id))
}
