/** One kind of Outlook: what it has and how it behaves (outlook-addin 2.1 to 2.5, 2.8). */
export type Client = {
  label: string
  /** The highest Mailbox set it has, 1.x. */
  mailbox: number
  hostName: 'Outlook' | 'newOutlookWindows' | 'OutlookWebApp' | 'OutlookIOS' | 'OutlookAndroid'
  platform: 'OfficeOnline' | 'PC' | 'Mac' | 'iOS' | 'Android'
  /** Asynchronous calls it takes at once; null for any number. */
  atOnce: number | null
  /** The pane can be pinned (outlook-addin 2.4). */
  pins: boolean
  isPhone: boolean
  /** Members that it has before their set, and that it lacks in spite of it, as `owner.member`. */
  extras: readonly string[]
  lacks: readonly string[]
}

/** outlook-addin 2.3 "Extras beyond 1.5" and "Missing". */
const PHONE = {
  mailbox: 5,
  atOnce: 3,
  pins: false,
  isPhone: true,
  extras: [
    'messageCompose.disableClientSignatureAsync',
    'messageCompose.from',
    'messageCompose.getComposeTypeAsync',
    'messageCompose.internetHeaders',
    'messageCompose.sessionData',
    'body.setSignatureAsync',
    'from.getAsync',
    'internetHeaders.getAsync',
    'internetHeaders.setAsync',
    'internetHeaders.removeAsync',
    'sessionData.getAsync',
    'sessionData.setAsync',
  ],
  lacks: [
    'context.officeTheme',
    'mailbox.convertToEwsId',
    'mailbox.convertToRestId',
    'mailbox.displayMessageForm',
    'messageRead.dateTimeModified',
    'messageRead.displayReplyForm',
    'body.setAsync',
    'body.prependAsync',
    'body.setSelectedDataAsync',
    'subject.setAsync',
    'appointmentRead.notificationMessages',
    'messageRead.getSharedPropertiesAsync',
    'messageCompose.getSharedPropertiesAsync',
  ],
} as const

const COMPUTER = { isPhone: false, extras: [], lacks: [] } as const
const BROWSER = { ...COMPUTER, platform: 'OfficeOnline', atOnce: 3 } as const
const WINDOWS = { ...COMPUTER, platform: 'PC', hostName: 'Outlook', atOnce: null } as const
const MAC = { ...COMPUTER, platform: 'Mac', hostName: 'Outlook', atOnce: null, pins: true } as const

export const CLIENTS = {
  web: {
    ...{ label: 'Web (1.16)', mailbox: 16, pins: true },
    ...{ ...BROWSER, hostName: 'OutlookWebApp' },
  },
  'new-windows': {
    ...{ label: 'New Windows (1.16)', mailbox: 16, pins: true },
    ...{ ...BROWSER, hostName: 'newOutlookWindows' },
  },
  windows: { label: 'Windows (1.16)', mailbox: 16, pins: true, ...WINDOWS },
  'ltsc-2024': { label: 'LTSC 2024 (1.14)', mailbox: 14, pins: false, ...WINDOWS },
  mac: { label: 'Mac (1.14)', mailbox: 14, ...MAC },
  'ltsc-2021': { label: 'LTSC 2021 (1.9)', mailbox: 9, pins: false, ...WINDOWS },
  'mac-classic': { label: 'Mac, classic (1.8)', mailbox: 8, ...MAC },
  'on-premises': {
    ...{ label: 'Own server (1.6)', mailbox: 6, pins: false },
    ...{ ...BROWSER, hostName: 'OutlookWebApp' },
  },
  ios: { label: 'iPhone (1.5)', ...PHONE, hostName: 'OutlookIOS', platform: 'iOS' },
  android: {
    ...{ label: 'Android (1.5)', ...PHONE },
    ...{ hostName: 'OutlookAndroid', platform: 'Android' },
  },
} as const satisfies Record<string, Client>

export type ClientName = keyof typeof CLIENTS

export const clientOf = (name: ClientName): Client => CLIENTS[name]
