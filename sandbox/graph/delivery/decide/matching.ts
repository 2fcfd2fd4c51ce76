import type { ChangeType, Message } from '@microsoft/microsoft-graph-types'
import type { MailChange } from '../../store/change.ts'
import type { StoredSubscription } from '../../subscriptions/subscription.ts'

/** Whether a message satisfies a `$filter`. */
export type MatchesFilter = (message: Message, filter: string) => boolean

/** What this subscription is told about a change: its type, or nothing when it does not concern it. */
export function notifiedAs(
  change: MailChange,
  { target, changeTypes }: Pick<StoredSubscription, 'target' | 'changeTypes'>,
  matches: MatchesFilter,
): ChangeType | undefined {
  if (change.userId !== target.mailbox) return undefined
  if (target.folderId !== undefined && target.folderId !== change.folderId) return undefined
  const { filter } = target
  const type =
    filter === undefined
      ? change.changeType
      : filteredType(change.changeType, {
          was: change.before !== undefined && matches(change.before, filter),
          is: change.after !== undefined && matches(change.after, filter),
        })
  return type && changeTypes.includes(type) ? type : undefined
}

/** With a `$filter` the types mean entering, staying in and leaving the filtered set (graph-contract 1.3). */
export function filteredType(
  type: ChangeType,
  { was, is }: { was: boolean; is: boolean },
): ChangeType | undefined {
  switch (type) {
    case 'created':
      return is ? 'created' : undefined
    case 'deleted':
      return was ? 'deleted' : undefined
    case 'updated':
      if (is) return was ? 'updated' : 'created'
      return was ? 'deleted' : undefined
  }
}
