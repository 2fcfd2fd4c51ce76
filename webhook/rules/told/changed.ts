import type { SomeRules } from '../../../models/wire/rules/rule-versions.ts'

/**
 * Where two rule sets differ, field by field: choices as they were and are, of lists what only one of them has, and all of
 * a list that is in another order only. So a version can be told of without the thousand conversations in it. Pure.
 */
export function changedBetween(was: SomeRules, now: SomeRules): Record<'was' | 'now', SomeRules> {
  const fields = [...new Set([...Object.keys(was), ...Object.keys(now)])] as (keyof SomeRules)[]
  const changed = fields.flatMap((field) => changedField(field, was[field], now[field]))
  return {
    was: Object.fromEntries(changed.map(([field, before]) => [field, before])),
    now: Object.fromEntries(changed.map(([field, _before, after]) => [field, after])),
  }
}

type Changed = [keyof SomeRules, before: unknown, after: unknown]

function changedField(field: keyof SomeRules, before: unknown, after: unknown): Changed[] {
  if (!Array.isArray(before) && !Array.isArray(after))
    return spelt(before) === spelt(after) ? [] : [[field, before, after]]
  const [had, has] = [listOf(before), listOf(after)]
  if (spelt(had) === spelt(has)) return []
  const [gone, come] = [without(had, has), without(has, had)]
  return gone.length + come.length > 0 ? [[field, gone, come]] : [[field, had, has]]
}

/** Sets of before have no list for what was not thought of. */
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function without(list: readonly unknown[], others: readonly unknown[]): unknown[] {
  const spellings = new Set(others.map(spelt))
  return list.filter((one) => !spellings.has(spelt(one)))
}

/** Keys in one order; the id of a never-log rule follows from the rest of it. What is not there is not null. */
const spelt = (value: unknown): string | undefined =>
  JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'id') return undefined
    const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    return isObject
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  })
