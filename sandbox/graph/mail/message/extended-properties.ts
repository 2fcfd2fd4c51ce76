import type { ExtendedProperty, Item } from '../../store/item.ts'
import { badRequest } from '../../errors.ts'
import { receivedProperties } from './received-properties.ts'

const SHAPE =
  /^(\w+)\s+(?:\{?([0-9a-f-]{36})\}?\s+(?:(name)\s+(\S.*)|(id)\s+(0x[0-9a-f]+))|(0x[0-9a-f]+))$/i

/** Two spellings of one property have the same key: type and GUID in any case, `Name` case-sensitive (graph-contract 4.4). */
export function extendedKey(id: string): string {
  const [, type, guid, byName, name, , number, tag] = SHAPE.exec(id.trim()) ?? []
  if (!type) throw badRequest(`'${id}' is not an extended property id.`, 'ErrorInvalidProperty')
  if (!guid) return `${type} ${tag ?? ''}`.toLowerCase()
  const prefix = `${type} ${guid}`.toLowerCase()
  return byName ? `${prefix} name ${name ?? ''}` : `${prefix} id ${number ?? ''}`.toLowerCase()
}

/** These extended properties with the ones just written; the map there is stays as it is. */
export function withExtended(
  existing: Item['extended'],
  written: readonly ExtendedProperty[],
): Map<string, ExtendedProperty> {
  const entries = written.map((property) => [extendedKey(property.id), property] as const)
  return new Map([...(existing ?? []), ...entries])
}

/** Only what is asked for by id can be read; no call lists all properties of an item (graph-contract 4.4). */
export function extendedOf(item: Item, ids: readonly string[]): ExtendedProperty[] {
  const received = receivedProperties(item)
  return ids.flatMap((id) => {
    const key = extendedKey(id)
    const value = received(key)
    return item.extended?.get(key) ?? (value === undefined ? [] : { id, value })
  })
}
