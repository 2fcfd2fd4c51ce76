import type { Folder, Item } from '../item.ts'

type Given =
  | 'source'
  | 'createdAt'
  | 'receivedAt'
  | 'isRead'
  | 'isDraft'
  | 'categories'
  | 'flag'
  | 'inferenceClassification'
type Perhaps = 'glimpse' | 'added' | 'extended' | 'importance'

/** What an item is made of before it has a place and ids. */
export type NewItem = Pick<Item, Given> & Partial<Pick<Item, Perhaps>>

/** Shared by all items that were never touched or anywhere else. */
const NOTHING: Item['touched'] = {}
const NOWHERE: Item['leftBefore'] = new Map()

/**
 * An item at its place, with a history of its own. One literal with every property, so that all items share one hidden
 * class: spread from `fields`, each would bring its own, and 200,000 of them weigh three times as much.
 */
export function itemOf(
  fields: NewItem,
  { serial, folder, at }: { serial: number; folder: Folder; at: number },
): Item {
  return {
    immutable: serial,
    default: serial,
    folder,
    changeNumber: 0,
    joinedAt: 0,
    rewrittenAt: 0,
    touched: NOTHING,
    leftBefore: NOWHERE,
    source: fields.source,
    glimpse: fields.glimpse,
    added: fields.added,
    extended: fields.extended,
    createdAt: fields.createdAt,
    arrivedAt: at,
    receivedAt: fields.receivedAt,
    modifiedAt: at,
    isRead: fields.isRead,
    isDraft: fields.isDraft,
    categories: fields.categories,
    flag: fields.flag,
    importance: fields.importance,
    inferenceClassification: fields.inferenceClassification,
    deletedFrom: undefined,
  }
}
