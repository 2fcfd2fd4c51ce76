import type { Item, TouchableProperty } from '../item.ts'
import type { Mailbox } from '../mailbox.ts'

export type ItemPatch = Partial<
  Pick<
    Item,
    'isRead' | 'categories' | 'flag' | 'importance' | 'inferenceClassification' | 'extended'
  >
>

const DELTA_NAMES: Record<keyof ItemPatch, TouchableProperty> = {
  isRead: 'isRead',
  categories: 'categories',
  flag: 'flag',
  importance: 'importance',
  inferenceClassification: 'inferenceClassification',
  extended: 'singleValueExtendedProperties',
}

/** Any change counts, one's own and one that changes nothing too (graph-contract 9 #16). */
export function patchItem(mailbox: Mailbox, item: Item, changes: ItemPatch): void {
  const names = Object.keys(changes) as (keyof ItemPatch)[]
  mailbox.change(
    item,
    changes,
    names.map((name) => DELTA_NAMES[name]),
  )
}

export function removeItem(mailbox: Mailbox, item: Item, purge: boolean): void {
  const bin = mailbox.folders.wellKnown('deleteditems')
  if (purge || item.folder === bin) return mailbox.erase(item)
  mailbox.relocate(item, bin, { changes: { deletedFrom: item.folder } })
}

export function restoreItem(mailbox: Mailbox, item: Item): void {
  const { deletedFrom } = item
  const isThere = deletedFrom !== undefined && mailbox.folders.find(deletedFrom.id) !== undefined
  mailbox.relocate(item, isThere ? deletedFrom : mailbox.folders.wellKnown('inbox'))
}
