import type { MailFolder } from '@microsoft/microsoft-graph-types'
import type { Folder } from '../store/item.ts'
import { pick } from './message/message-json.ts'

/** A folder as Graph shows it (graph-contract 3.4). Its id is the same under either id type. */
export function folderJson(folder: Folder, select?: ReadonlySet<string>): MailFolder {
  const whole: MailFolder = {
    id: folder.id,
    displayName: folder.displayName,
    parentFolderId: folder.parent?.id ?? null,
    childFolderCount: [...folder.children].filter(({ isHidden }) => !isHidden).length,
    unreadItemCount: folder.unread,
    totalItemCount: folder.items.size,
    isHidden: folder.isHidden,
  }
  return select ? pick(whole, select) : whole
}
