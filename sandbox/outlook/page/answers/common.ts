import type { Answers, Asked, Open, Scene, Value } from './asked.ts'
import { attachmentContent } from './attachment.ts'
import { Refusal } from './refusal.ts'

type Item = Office.MessageRead & Office.MessageCompose
type Told = {
  'body.getTypeAsync': Value<Office.Body['getTypeAsync']>
  'categories.getAsync': Value<Office.Categories['getAsync']>
  'categories.addAsync': Value<Office.Categories['addAsync']>
  'categories.removeAsync': Value<Office.Categories['removeAsync']>
  'customProperties.saveAsync': void
  getAttachmentContentAsync: Value<Item['getAttachmentContentAsync']>
  getSharedPropertiesAsync: Value<Item['getSharedPropertiesAsync']>
  loadCustomPropertiesAsync: Record<string, unknown>
  'notificationMessages.addAsync': void
  'notificationMessages.getAllAsync': Value<Office.NotificationMessages['getAllAsync']>
  'notificationMessages.removeAsync': void
  'notificationMessages.replaceAsync': void
}

/** For one add-in on one item (outlook-addin 2.8). */
const MAX_PROPERTY_CHARS = 2_500
const MAX_NOTIFICATIONS = 5
const MAX_NOTIFICATION_CHARS = 150
const RIGHTS = { all: 1 | 2 | 4 | 8 | 16 | 32, read: 1, none: 0, hidden: 0 }

/** What can be asked of every item: read or written, message or meeting. */
export const commonAnswers: Answers<Open, Told> = {
  'body.getTypeAsync': () => 'html' as Office.CoercionType,

  'categories.getAsync': (asked) => categoriesOf(asked).map(named),
  'categories.addAsync': (asked) => {
    const there = categoriesOf(asked)
    asked.scene.kept.categories.set(keyOf(asked), [...new Set([...there, ...names(asked)])])
  },
  'categories.removeAsync': (asked) => {
    const gone = names(asked)
    const left = categoriesOf(asked).filter((name) => !gone.includes(name))
    asked.scene.kept.categories.set(keyOf(asked), left)
  },

  loadCustomPropertiesAsync: (asked) => asked.scene.kept.customProperties.get(keyOf(asked)) ?? {},
  'customProperties.saveAsync': (asked) => {
    const [values] = asked.args
    if (JSON.stringify(values).length > MAX_PROPERTY_CHARS)
      throw new Refusal('GenericSettingsError', 'Custom properties hold 2,500 characters.')
    asked.scene.kept.customProperties.set(keyOf(asked), values as Record<string, unknown>)
  },

  getAttachmentContentAsync: attachmentContent,

  getSharedPropertiesAsync: ({ scene: { shared, faults } }) => {
    if (!shared) throw new Refusal('InternalError', 'This item is nobody else’s.')
    return {
      owner: shared.address,
      targetMailbox: shared.address,
      targetRestUrl: 'https://outlook.office.com/api',
      delegatePermissions: RIGHTS[faults.sharedRights] as Office.MailboxEnums.DelegatePermissions,
    }
  },

  'notificationMessages.getAllAsync': (asked) => [...notificationsOf(asked).values()],
  'notificationMessages.addAsync': (asked) => {
    const there = notificationsOf(asked)
    if (there.has(keyArgument(asked))) throw new Refusal('DuplicateNotificationKey')
    if (there.size >= mostNotifications(asked.scene))
      throw new Refusal('NumberOfNotificationsExceeded')
    notify(asked)
  },
  'notificationMessages.replaceAsync': (asked) => {
    if (!notificationsOf(asked).has(keyArgument(asked)))
      throw new Refusal('NotificationKeyNotFound')
    notify(asked)
  },
  'notificationMessages.removeAsync': (asked) => {
    if (!notificationsOf(asked).delete(keyArgument(asked)))
      throw new Refusal('NotificationKeyNotFound')
  },
}

/** One on phones, where it takes the place of the last (outlook-addin 2.8). */
const mostNotifications = ({ client }: Scene) => (client.isPhone ? 1 : MAX_NOTIFICATIONS)

function notify(asked: Asked): void {
  const details = asked.args[1] as Office.NotificationMessageDetails
  if (details.message.length > MAX_NOTIFICATION_CHARS)
    throw new Refusal('InvalidParameterValueError')
  const key = keyArgument(asked)
  notificationsOf(asked).set(key, { ...details, key })
}

type Notification = Office.NotificationMessageDetails

function notificationsOf(asked: Asked): Map<string, Notification> {
  const { notifications } = asked.scene.kept
  const there = notifications.get(keyOf(asked)) ?? new Map<string, Notification>()
  notifications.set(keyOf(asked), there)
  return there
}

function categoriesOf(asked: Asked): string[] {
  const own = asked.open.kind === 'message' ? asked.open.mail.categories : undefined
  return asked.scene.kept.categories.get(keyOf(asked)) ?? own ?? []
}

const named = (displayName: string): Office.CategoryDetails => ({
  displayName,
  color: 'Preset0',
})

const names = ({ args }: Asked): string[] => (Array.isArray(args[0]) ? args[0].map(String) : [])
const keyArgument = ({ args }: Asked): string => String(args[0])

/** By what something stored with an item is found again; a draft that was never saved has no name of its own. */
const keyOf = ({ open }: Asked): string =>
  open.kind === 'draft' ? (open.draft.id ?? 'unsaved') : open.id
