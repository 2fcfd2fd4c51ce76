import { type Doc, isDocument } from './values.ts'

const INDEX = /^(0|[1-9]\d*)$/
export const isArrayIndex = (part: string): boolean => part <= '9\uffff' && INDEX.test(part)

/**
 * Every value a dotted path leads to, as MongoDB looks for it: arrays on the way are entered element by element (and by
 * number), an array at the end stays whole, a missing field is `undefined`.
 */
export function valuesAt(value: unknown, parts: readonly string[]): unknown[] {
  const found: unknown[] = []
  collect(value, parts, 0, found)
  return found
}

/** Into one list: a count looks at a hundred thousand documents. */
function collect(value: unknown, parts: readonly string[], at: number, found: unknown[]): void {
  const part = parts[at]
  if (part === undefined) found.push(value)
  else if (Array.isArray(value)) {
    const byNumber = isArrayIndex(part) && Number(part) < value.length
    if (byNumber) collect(value[Number(part)], parts, at + 1, found)
    for (const element of value) if (isDocument(element)) collect(element, parts, at, found)
  } else if (!isDocument(value)) found.push(undefined)
  else collect(Object.hasOwn(value, part) ? value[part] : undefined, parts, at + 1, found)
}

/** Containers copied, leaves shared: what may be changed without touching the original. */
export function copyContainers<T>(value: T): T
export function copyContainers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => copyContainers(item))
  if (!isDocument(value)) return value
  const copy: Doc = {}
  for (const name of Object.keys(value)) copy[name] = copyContainers(value[name])
  return copy
}
