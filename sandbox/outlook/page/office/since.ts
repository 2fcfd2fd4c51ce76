import type { Client } from './clients.ts'

/** Not stood in for: nobody here asks for it, or the docs call it retired. */
const OUT = null

const ITEM = {
  addHandlerAsync: 7,
  body: 1,
  categories: 8,
  getAttachmentContentAsync: 8,
  getSharedPropertiesAsync: 8,
  itemType: 1,
  loadCustomPropertiesAsync: 1,
  notificationMessages: 3,
  removeHandlerAsync: 7,
  subject: 1,
  getInitializationContextAsync: OUT,
  seriesId: OUT,
} as const

const READ = {
  ...ITEM,
  attachments: 1,
  dateTimeCreated: 1,
  dateTimeModified: 1,
  displayReplyForm: 1,
  itemClass: 1,
  itemId: 1,
  normalizedSubject: 1,
  displayReplyAllForm: OUT,
  displayReplyAllFormAsync: OUT,
  displayReplyFormAsync: OUT,
  getEntities: OUT,
  getEntitiesByType: OUT,
  getFilteredEntitiesByName: OUT,
  getRegExMatches: OUT,
  getRegExMatchesByName: OUT,
  getSelectedEntities: OUT,
  getSelectedRegExMatches: OUT,
  recurrence: OUT,
} as const

const COMPOSE = {
  ...ITEM,
  disableClientSignatureAsync: 10,
  getAttachmentsAsync: 8,
  getItemIdAsync: 8,
  saveAsync: 3,
  sessionData: 11,
  addFileAttachmentAsync: OUT,
  addFileAttachmentFromBase64Async: OUT,
  addItemAttachmentAsync: OUT,
  close: OUT,
  getSelectedDataAsync: OUT,
  isClientSignatureEnabledAsync: OUT,
  removeAttachmentAsync: OUT,
  sendAsync: OUT,
  sensitivityLabel: 13,
  setSelectedDataAsync: OUT,
} as const

type Table<T> = { [Member in keyof T]-?: number | null }

/**
 * With which Mailbox set (1.x) each member came; a test holds it against the remarks in `@types/office-js`. Members
 * that came with no set were there from the start.
 */
export const SINCE = {
  mailbox: {
    addHandlerAsync: 5,
    convertToRestId: 3,
    convertToEwsId: 3,
    diagnostics: 1,
    displayMessageForm: 1,
    getSelectedItemsAsync: 13,
    item: 1,
    removeHandlerAsync: 5,
    userProfile: 1,
    convertToLocalClientTime: OUT,
    convertToUtcClientTime: OUT,
    displayAppointmentForm: OUT,
    displayAppointmentFormAsync: OUT,
    displayMessageFormAsync: OUT,
    displayNewAppointmentForm: OUT,
    displayNewAppointmentFormAsync: OUT,
    displayNewMessageForm: OUT,
    displayNewMessageFormAsync: OUT,
    ewsUrl: OUT,
    getCallbackTokenAsync: OUT,
    getIsIdentityManaged: OUT,
    getIsOpenFromLocationAllowed: OUT,
    getIsSaveToLocationAllowed: OUT,
    getUserIdentityTokenAsync: OUT,
    loadItemByIdAsync: OUT,
    makeEwsRequestAsync: OUT,
    masterCategories: OUT,
    restUrl: OUT,
  } satisfies Table<Office.Mailbox>,
  messageRead: {
    ...READ,
    cc: 1,
    conversationId: 1,
    from: 1,
    getAllInternetHeadersAsync: 8,
    internetMessageId: 1,
    sender: 1,
    to: 1,
    end: OUT,
    getAsFileAsync: OUT,
    location: OUT,
    start: OUT,
  } satisfies Table<Office.MessageRead>,
  messageCompose: {
    ...COMPOSE,
    bcc: 1,
    cc: 1,
    conversationId: 1,
    from: 7,
    getComposeTypeAsync: 10,
    internetHeaders: 8,
    to: 1,
    closeAsync: OUT,
    delayDeliveryTime: OUT,
    getConversationIndexAsync: OUT,
    getItemClassAsync: OUT,
    inReplyTo: OUT,
  } satisfies Table<Office.MessageCompose>,
  appointmentRead: {
    ...READ,
    end: 1,
    location: 1,
    optionalAttendees: 1,
    organizer: 1,
    requiredAttendees: 1,
    start: 1,
    enhancedLocation: OUT,
    sensitivity: OUT,
  } satisfies Table<Office.AppointmentRead>,
  appointmentCompose: {
    ...COMPOSE,
    end: 1,
    location: 1,
    optionalAttendees: 1,
    organizer: 7,
    requiredAttendees: 1,
    start: 1,
    enhancedLocation: OUT,
    recurrence: OUT,
    sensitivity: OUT,
  } satisfies Table<Office.AppointmentCompose>,
  body: {
    getAsync: 3,
    getTypeAsync: 1,
    prependAsync: 1,
    setAsync: 3,
    setSelectedDataAsync: 1,
    setSignatureAsync: 10,
    appendOnSendAsync: OUT,
    prependOnSendAsync: OUT,
  } satisfies Table<Office.Body>,
  subject: { getAsync: 1, setAsync: 1 } satisfies Table<Office.Subject>,
  recipients: { addAsync: 1, getAsync: 1, setAsync: 1 } satisfies Table<Office.Recipients>,
  from: { getAsync: 7 } satisfies Table<Office.From>,
  categories: { addAsync: 8, getAsync: 8, removeAsync: 8 } satisfies Table<Office.Categories>,
  internetHeaders: {
    ...{ getAsync: 8, removeAsync: 8, setAsync: 8 },
  } satisfies Table<Office.InternetHeaders>,
  notificationMessages: {
    ...{ addAsync: 3, getAllAsync: 3, removeAsync: 3, replaceAsync: 3 },
  } satisfies Table<Office.NotificationMessages>,
  sensitivityLabel: { getAsync: 13, setAsync: 13 } satisfies Table<Office.SensitivityLabel>,
  sessionData: {
    ...{ getAsync: 11, setAsync: 11, clearAsync: OUT, getAllAsync: OUT, removeAsync: OUT },
  } satisfies Table<Office.SessionData>,
  customProperties: {
    ...{ get: 1, getAll: 9, remove: 1, saveAsync: 1, set: 1 },
  } satisfies Table<Office.CustomProperties>,
  roamingSettings: {
    ...{ get: 1, remove: 1, saveAsync: 1, set: 1 },
  } satisfies Table<Office.RoamingSettings>,
  attachmentDetails: {
    ...{ attachmentType: 1, contentType: 1, id: 1, isInline: 1, name: 1, size: 1 },
    contentId: 16,
  } satisfies Table<Office.AttachmentDetails>,
  userProfile: {
    ...{ accountType: 6, displayName: 1, emailAddress: 1, timeZone: 1 },
  } satisfies Table<Office.UserProfile>,
  /** What other Office hosts have had for long came to Outlook later (outlook-addin 4.5). */
  context: { officeTheme: 14, roamingSettings: 1, sensitivityLabelsCatalog: 13 },
} as const

export type Owner = keyof typeof SINCE

/** What of these members this client has: the others are absent, they do not fail (outlook-addin 6.3). */
export function had<T extends object>(owner: Owner, client: Client, members: T): Partial<T> {
  const since: Readonly<Record<string, number | null>> = SINCE[owner]
  const has = (name: string) => {
    if (client.lacks.includes(`${owner}.${name}`)) return false
    const set = since[name]
    if (set === undefined || set === null) throw new Error(`${owner}.${name} is not in the table.`)
    return set <= client.mailbox || client.extras.includes(`${owner}.${name}`)
  }
  return Object.fromEntries(Object.entries(members).filter(([name]) => has(name))) as Partial<T>
}
