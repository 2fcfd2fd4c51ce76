import { useMemo } from 'react'
import { MailboxList } from '../../../models/wire/mailbox.ts'
import { MemberPage, MOST_MEMBERS, type Member } from '../../../models/wire/people/member.ts'
import type { Api } from '../../../ui/api/client.ts'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'

/** Those who act without having signed in. */
export const NOBODY_IN_PERSON = {
  system: 'FlowCRM itself',
  operator: 'Whoever runs FlowCRM',
} as const

export type Names = {
  /** Who signed in last, first; empty while they are on their way, or cannot be had. */
  members: readonly Member[]
  /** Of a person or a mailbox; null when none of that id is known. */
  nameOf: (id: string) => string | null
}

/**
 * What people and mailboxes are called of whom the audit log has the ids. It does without: an id is enough to go by, and
 * who only audits sees no mailboxes.
 */
export function useNames(api: Api): Names {
  const { state } = useLoadable(
    () => api.get(`/api/v1/members?limit=${MOST_MEMBERS}`, MemberPage),
    [api],
  )
  const { state: all } = useLoadable(() => api.get('/api/v1/mailboxes', MailboxList), [api])
  return useMemo(() => {
    const members = state.status === 'ready' ? state.value.members : []
    const names = new Map<string, string>(Object.entries(NOBODY_IN_PERSON))
    for (const { userId, displayName, address } of members)
      names.set(userId, displayName || address || userId)
    if (all.status === 'ready')
      for (const { id, address } of all.value.mailboxes) names.set(id, address)
    return { members, nameOf: (id) => names.get(id) ?? null }
  }, [state, all])
}
