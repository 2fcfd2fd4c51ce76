import { addressForms } from '../crm/decide/addresses.ts'
import { idOf } from '../keys/ids.ts'
import type { Blind } from '../keys/workspace-keys.ts'

/** A person, known by every spelling of every address: blind keys only. */
export type Subject = { workspaceId: string; keys: string[]; id: string }

export function subjectOf(workspaceId: string, given: readonly string[]): Subject {
  const keys = [...new Set(given)].sort()
  return { workspaceId, keys, id: idOf('subject', workspaceId, ...keys) }
}

export type IsTheirs = (address: string) => boolean

/** Whether an address is one of these, in whatever spelling. */
export function recognising(blind: Blind, keys: readonly string[]): IsTheirs {
  const known = new Set(keys)
  return (address) => {
    const { exact = address, folded = address } = addressForms(address) ?? {}
    return [exact, folded].some((form) => known.has(blind('address', form)))
  }
}
