import type { Message } from '@microsoft/microsoft-graph-types'
import type { Bulk, MailChange } from '../change.ts'
import { changeKeyOf, etagOf } from '../ids.ts'
import type { Item } from '../item.ts'
import { itemId, messageOf, type MailboxFacts } from '../message-view.ts'

/** An item as it was before and after a change; one of them is missing when it came or went. */
export type ItemStates = { before?: Readonly<Item> | undefined; after?: Readonly<Item> | undefined }

/** A change as listeners hear it. What they ask for is made when they ask, so that a bulk load pays for none of it. */
export class ItemChange implements MailChange {
  readonly userId: string
  readonly bulkId?: string
  readonly bulkSize?: number
  private readonly shown: Readonly<Item>
  private beforeMessage: Message | undefined
  private afterMessage: Message | undefined

  constructor(
    private readonly facts: MailboxFacts,
    readonly changeType: MailChange['changeType'],
    private readonly states: ItemStates,
    bulk?: Bulk,
  ) {
    const shown = states.after ?? states.before
    if (!shown) throw new Error('a change needs an item')
    this.shown = shown
    this.userId = facts.userId
    if (bulk) {
      this.bulkId = bulk.bulkId
      this.bulkSize = bulk.bulkSize
    }
  }

  get folderId(): string {
    return this.shown.folder.id
  }

  get immutableId(): string {
    return itemId(this.facts.tag, this.shown, 'immutable')
  }

  get defaultId(): string {
    return itemId(this.facts.tag, this.shown, 'default')
  }

  get etag(): string {
    return etagOf(changeKeyOf(this.facts.tag, this.shown.changeNumber))
  }

  get before(): Message | undefined {
    const { before } = this.states
    return (this.beforeMessage ??= before && messageOf(this.facts, before, 'default'))
  }

  get after(): Message | undefined {
    const { after } = this.states
    return (this.afterMessage ??= after && messageOf(this.facts, after, 'default'))
  }
}
