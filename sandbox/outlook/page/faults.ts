/** What can go wrong with Outlook, or be otherwise, as a person chooses it: the first choice is Outlook as it should be. */
export const FAULTS = {
  ready: {
    label: 'Office.js',
    choices: { soon: 'Ready at once', late: '3 s late', never: 'Never' },
  },
  itemChanged: {
    label: 'ItemChanged',
    choices: {
      soon: 'At once',
      late: '1.5 s late',
      twice: 'Twice',
      missing: 'Never told',
      frozen: 'Item stays the old one',
    },
  },
  calls: {
    label: 'Calls',
    choices: {
      soon: 'Answered',
      slow: '2 s late',
      offline: 'Offline (9041)',
      failing: 'Failing (9042)',
    },
  },
  body: { label: 'Message', choices: { open: 'Open', protected: 'Protected', huge: 'Huge' } },
  messageId: { label: 'Message-ID', choices: { there: 'There', missing: 'Missing' } },
  recipients: { label: 'Recipients', choices: { plain: 'With addresses', nameless: 'Without' } },
  attachments: {
    label: 'Attachments',
    choices: { readable: 'Readable', refused: 'Not supported (9043)' },
  },
  sharedRights: {
    label: 'Rights on a shared one',
    choices: { all: 'All rights', read: 'May read', none: 'No rights', hidden: 'Item is null' },
  },
  theme: { label: 'Colours event', choices: { fresh: 'With new colours', stale: 'Before them' } },
  language: {
    label: 'Language',
    choices: { 'en-US': 'English', 'de-DE': 'German', 'he-IL': 'Hebrew', 'ar-SA': 'Arabic' },
  },
} as const

export type FaultName = keyof typeof FAULTS
export type Faults = { [Name in FaultName]: keyof (typeof FAULTS)[Name]['choices'] }

export const NO_FAULTS: Faults = {
  ready: 'soon',
  itemChanged: 'soon',
  calls: 'soon',
  body: 'open',
  messageId: 'there',
  recipients: 'plain',
  attachments: 'readable',
  sharedRights: 'all',
  theme: 'fresh',
  language: 'en-US',
}
