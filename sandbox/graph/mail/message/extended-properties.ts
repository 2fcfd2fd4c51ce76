import type { ExtendedProperty, Item } from '../../store/item.ts'
import { lightMimeOf } from '../../store/message-view.ts'
import { headersOf } from '../../store/mime/envelope.ts'
import { badRequest } from '../../errors.ts'

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
export const extendedOf = (item: Item, ids: readonly string[]): ExtendedProperty[] =>
  ids.flatMap((id) => item.extended?.get(extendedKey(id)) ?? sensitivityOf(item, id) ?? [])

/** PidTagSensitivity, which Exchange sets from the header of what it receives (MS-OXCMSG 2.2.1.13, RFC 2156 5.3.4). */
const SENSITIVITY_TAG = /^integer 0x0*36$/
const SENSITIVITIES = ['normal', 'personal', 'private', 'company-confidential']

function sensitivityOf({ source }: Item, id: string): ExtendedProperty | undefined {
  if (!SENSITIVITY_TAG.test(extendedKey(id)) || !('mime' in source)) return undefined
  const line = headersOf(lightMimeOf(source)).find(
    ({ name }) => name?.toLowerCase() === 'sensitivity',
  )
  const value = SENSITIVITIES.indexOf(line?.value?.toLowerCase() ?? '')
  return value < 0 ? undefined : { id, value: String(value) }
}
