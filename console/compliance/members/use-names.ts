import { useMemo } from 'react'
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
  /** Null when nobody of that id is known. */
  nameOf: (userId: string) => string | null
}

/** What people are called of whom the audit log has the ids. It does without: an id is enough to go by. */
export function useNames(api: Api): Names {
  const { state } = useLoadable(
    () => api.get(`/api/v1/members?limit=${MOST_MEMBERS}`, MemberPage),
    [api],
  )
  return useMemo(() => {
    const members = state.status === 'ready' ? state.value.members : []
    const names = new Map<string, string>(Object.entries(NOBODY_IN_PERSON))
    for (const { userId, displayName, address } of members)
      names.set(userId, displayName || address || userId)
    return { members, nameOf: (userId) => names.get(userId) ?? null }
  }, [state])
}
