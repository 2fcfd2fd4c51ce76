import { type Doc, isDocument } from './values.ts'

export const isArrayIndex = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part)

/**
 * Every value a dotted path leads to, as MongoDB looks for it: arrays on the way are entered element by element (and by
 * number), an array at the end stays whole, a missing field is `undefined`.
 */
export function valuesAt(value: unknown, parts: readonly string[], at = 0): unknown[] {
  const part = parts[at]
  if (part === undefined) return [value]
  if (Array.isArray(value)) return throughArray(value, parts, at)
  if (!isDocument(value)) return [undefined]
  return valuesAt(Object.hasOwn(value, part) ? value[part] : undefined, parts, at + 1)
}

function throughArray(array: unknown[], parts: readonly string[], at: number): unknown[] {
  const part = parts[at] ?? ''
  const elements = array.filter(isDocument).flatMap((element) => valuesAt(element, parts, at))
  const byNumber = isArrayIndex(part) && Number(part) < array.length
  return byNumber ? [...valuesAt(array[Number(part)], parts, at + 1), ...elements] : elements
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
