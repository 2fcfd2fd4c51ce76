/** Office's enumerations, with the values that office.js itself has. */
export const ENUMS = {
  AsyncResultStatus: { Succeeded: 'succeeded', Failed: 'failed' },
  CoercionType: { Text: 'text', Html: 'html' },
  EventType: {
    AttachmentsChanged: 'olkAttachmentsChanged',
    ItemChanged: 'olkItemSelectedChanged',
    OfficeThemeChanged: 'officeThemeChanged',
    RecipientsChanged: 'olkRecipientsChanged',
    SelectedItemsChanged: 'olkSelectedItemsChanged',
    SensitivityLabelChanged: 'olkSensitivityLabelChanged',
  },
  HostType: { Outlook: 'Outlook' },
  PlatformType: {
    ...{ PC: 'PC', OfficeOnline: 'OfficeOnline', Mac: 'Mac', iOS: 'iOS', Android: 'Android' },
  },
  MailboxEnums: {
    AttachmentContentFormat: {
      ...{ Base64: 'base64', Url: 'url', Eml: 'eml', ICalendar: 'iCalendar' },
    },
    AttachmentType: { File: 'file', Item: 'item', Cloud: 'cloud' },
    ComposeType: { Reply: 'reply', NewMail: 'newMail', Forward: 'forward' },
    ItemType: { Message: 'message', Appointment: 'appointment' },
    RecipientType: {
      ...{ DistributionList: 'distributionList', User: 'user', ExternalUser: 'externalUser' },
      Other: 'other',
    },
    DelegatePermissions: {
      ...{ Read: 1, Write: 2, DeleteOwn: 4, DeleteAll: 8, EditOwn: 16, EditAll: 32 },
    },
  },
} as const
