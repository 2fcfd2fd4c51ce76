import { emailDetails } from '../office/common-shape.ts'
import { toRestId } from '../office/ids.ts'
import type { Answers, Open, Scene, Value } from './asked.ts'
import { idFor } from './compose.ts'
import { Refusal } from './refusal.ts'

type Meeting = Extract<Open, { kind: 'meeting' }>
type MeetingTold = {
  'subject.getAsync': string
  'start.getAsync': string
  'end.getAsync': string
  'location.getAsync': string
  'from.getAsync': Office.EmailAddressDetails
  'to.getAsync': Office.EmailAddressDetails[]
  'cc.getAsync': Office.EmailAddressDetails[]
}

/** What the organizer's form tells besides; times travel in ISO. */
export const meetingAnswers: Answers<Meeting, MeetingTold> = {
  'subject.getAsync': ({ open }) => open.meeting.subject,
  'start.getAsync': ({ open }) => open.meeting.start,
  'end.getAsync': ({ open }) => open.meeting.end,
  'location.getAsync': ({ open }) => open.meeting.location,
  'from.getAsync': ({ open }) => emailDetails(open.meeting.organizer),
  'to.getAsync': ({ open }) => open.meeting.required.map(emailDetails),
  'cc.getAsync': ({ open }) => open.meeting.optional.map(emailDetails),
}

type MailboxTold = {
  'mailbox.displayMessageForm': void
  'mailbox.getSelectedItemsAsync': Value<Office.Mailbox['getSelectedItemsAsync']>
  'roamingSettings.saveAsync': void
  'sensitivityLabelsCatalog.getAsync': Value<Office.SensitivityLabelsCatalog['getAsync']>
  'sensitivityLabelsCatalog.getIsEnabledAsync': boolean
  'ui.closeContainer': void
}

/** outlook-addin 2.7, 2.8. */
const MAX_SELECTED = 100
const MAX_SETTINGS_CHARS = 32 * 1_024

const label = (id: string, name: string): Office.SensitivityLabelDetails => ({
  ...{ id, name, tooltip: '', color: '', children: [] },
})

/** What has nothing to do with the open item. */
export const mailboxAnswers: Answers<null, MailboxTold> = {
  'mailbox.displayMessageForm': ({ scene, args }) =>
    scene.page.showMessage(toRestId(String(args[0]))),
  'mailbox.getSelectedItemsAsync': ({ scene }) => selectedItems(scene),
  'roamingSettings.saveAsync': ({ scene, args: [values] }) => {
    // The docs speak of 9057; office.js itself still says this.
    if (JSON.stringify(values).length > MAX_SETTINGS_CHARS)
      throw new Refusal('GenericSettingsError', 'Roaming settings hold 32 KB.')
    scene.kept.roaming = values as Record<string, unknown>
  },
  'sensitivityLabelsCatalog.getAsync': () => [
    label('general', 'General'),
    label('confidential', 'Confidential'),
  ],
  'sensitivityLabelsCatalog.getIsEnabledAsync': () => true,
  'ui.closeContainer': ({ scene }) => scene.page.closePane(),
}

function selectedItems(scene: Scene): Office.SelectedItemDetails[] {
  const { selected, client } = scene
  if (selected.length > MAX_SELECTED) throw new Refusal('InvalidParameterValueError')
  return selected.map((mail) => ({
    itemId: idFor(mail.id, scene),
    subject: mail.subject,
    itemMode: 'Read' as const,
    itemType: 'message' as Office.MailboxEnums.ItemType,
    ...(client.mailbox < 14
      ? ({} as Pick<Office.SelectedItemDetails, 'conversationId'>)
      : {
          conversationId: mail.conversationId ?? '',
          internetMessageId: mail.internetMessageId ?? '',
          hasAttachment: (mail.attachments ?? []).length > 0,
        }),
  })) as Office.SelectedItemDetails[]
}
