import type { Person } from '../../outlook-mail.ts'
import type { HostItem } from '../messages.ts'
import type { Calls } from './calls.ts'
import type { Client } from './clients.ts'
import type { Handlers } from './handlers.ts'
import type { Some } from './some.ts'
import { had } from './since.ts'
import { customProperties } from './settings.ts'

/** What a shape is made with. */
export type ShapeParts = { calls: Calls; client: Client; handlers: Handlers }

/** Asks about one item; see `Calls.method`. */
export type Ask = <T>(
  method: string,
  arity: number,
  revive?: (value: T) => unknown,
) => (...args: unknown[]) => void

export const askAbout =
  ({ calls }: ShapeParts, { key }: Pick<HostItem, 'key'>): Ask =>
  (method, arity, revive) =>
    calls.method(key, method, arity, revive)

/** What read and written items, messages and meetings have alike. */
export function commonShape(parts: ShapeParts, item: HostItem) {
  const { client, handlers } = parts
  const ask = askAbout(parts, item)
  return {
    addHandlerAsync: handlers.addHandlerAsync,
    removeHandlerAsync: handlers.removeHandlerAsync,
    getAttachmentContentAsync: ask('getAttachmentContentAsync', 1),
    loadCustomPropertiesAsync: ask('loadCustomPropertiesAsync', 0, (told: object) =>
      customProperties(client, { ...told }, ask('customProperties.saveAsync', 1)),
    ),
    categories: had('categories', client, {
      getAsync: ask('categories.getAsync', 0),
      addAsync: ask('categories.addAsync', 1),
      removeAsync: ask('categories.removeAsync', 1),
    } satisfies Some<Office.Categories>),
    notificationMessages: had('notificationMessages', client, {
      addAsync: ask('notificationMessages.addAsync', 2),
      getAllAsync: ask('notificationMessages.getAllAsync', 0),
      removeAsync: ask('notificationMessages.removeAsync', 1),
      replaceAsync: ask('notificationMessages.replaceAsync', 2),
    } satisfies Some<Office.NotificationMessages>),
    // There for shared items only: add-ins test for it (outlook-addin 2.6).
    ...(item.isShared ? { getSharedPropertiesAsync: ask('getSharedPropertiesAsync', 0) } : {}),
  } satisfies Some<Office.MessageRead | Office.AppointmentRead>
}

/** An address Outlook does not know is not there at all: a list of one's own, an old Exchange name. */
export function emailDetails({ name, address }: Person): Office.EmailAddressDetails {
  return {
    displayName: name,
    ...(address ? { emailAddress: address } : {}),
    recipientType: 'externalUser',
    appointmentResponse: 'none',
  } as Office.EmailAddressDetails
}
