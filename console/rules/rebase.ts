type Json = unknown

/**
 * What somebody typed on top of rules that were changed meanwhile: what they left alone follows the newer rules, what
 * they changed stays as they typed it. Of lists, what they added and took away. Pure.
 */
export function rebase<Rules extends object>(base: Rules, typed: Rules, newer: Rules): Rules {
  if (same(base, newer)) return typed
  const keys = new Set([...Object.keys(base), ...Object.keys(typed), ...Object.keys(newer)])
  const merged = [...keys].map((key) => {
    const [was, mine, theirs] = [base, typed, newer].map((rules) => valueOf(rules, key))
    return [key, mergedValue(was, mine, theirs)] as const
  })
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined)) as Rules
}

/**
 * Whether two sets of rules say the same: what is left out and what is undefined are alike, and the ids of rules do not
 * count, as the service makes them of the rest.
 */
export const same = (a: Json, b: Json): boolean => spelt(a) === spelt(b)

const valueOf = (rules: object, key: string): Json => (rules as Record<string, Json>)[key]

function mergedValue(was: Json, mine: Json, theirs: Json): Json {
  if (same(was, mine)) return theirs
  if (!isList(was) || !isList(mine) || !isList(theirs)) return mine
  const [before, now] = [spellings(was), spellings(mine)]
  const there = spellings(theirs)
  return [
    ...theirs.filter((one) => now.has(spelt(one)) || !before.has(spelt(one))),
    ...mine.filter((one) => !before.has(spelt(one)) && !there.has(spelt(one))),
  ]
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

const spellings = (list: readonly Json[]): ReadonlySet<string> => new Set(list.map(spelt))

/** What of a list is not in another one. */
export function without<One>(list: readonly One[], others: readonly One[]): One[] {
  const there = spellings(others)
  return list.filter((one) => !there.has(spelt(one)))
}

/** Keys in one order, so that the same rules are spelt the same whoever wrote them. */
const spelt = (value: Json): string =>
  JSON.stringify(value, (_key, inner: Json) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([name]) => name !== 'id')
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  ) ?? 'undefined'
