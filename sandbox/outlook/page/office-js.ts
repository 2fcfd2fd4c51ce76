import type { HostItem, Link, ThemeColours, ToHost, ToPane } from './messages.ts'

/**
 * The sandbox's stand-in for Office.js: as much of it as the add-in's adapter uses, as it behaves on the web
 * (outlook-addin 6.3). Served to the pane as one classic script, so it imports types only.
 */

type Result<T> =
  | { status: 'succeeded'; value: T }
  | { status: 'failed'; error: { code: number; name: string; message: string } }
type Callback<T> = (result: Result<T>) => void
type Handler = (event: { type: string }) => void

/** What Outlook on the web has (outlook-addin 2.1), but for NestedAppAuth: that takes a real host. */
const MAILBOX_SET = 16

const ENUMS = {
  AsyncResultStatus: { Succeeded: 'succeeded', Failed: 'failed' },
  CoercionType: { Text: 'text', Html: 'html' },
  EventType: { ItemChanged: 'olkItemSelectedChanged', OfficeThemeChanged: 'officeThemeChanged' },
  HostType: { Outlook: 'Outlook' },
  PlatformType: { OfficeOnline: 'OfficeOnline' },
  MailboxEnums: { ItemType: { Message: 'message', Appointment: 'appointment' } },
}

/** Puts `Office` on the window. Without a link (the page was opened by itself) it is outside Office: host null. */
export function installOffice(window: Window, link: Link<ToHost, ToPane> | null): void {
  // Office.js does this to every page it is on (outlook-addin 4.1).
  Object.assign(window.history, { pushState: null, replaceState: null })
  Object.assign(window, { Office: link ? officeInside(link) : officeOutside() })
}

function officeOutside() {
  return { ...ENUMS, onReady: readyAfter(Promise.resolve({ host: null, platform: null })) }
}

function officeInside(link: Link<ToHost, ToPane>) {
  const host = new Host(link)
  return { ...ENUMS, context: host.context, onReady: readyAfter(started(link, host)) }
}

/** `onReady` answers late, to the callback and to the promise alike. */
function readyAfter<T>(ready: Promise<T>) {
  return async (callback?: (info: T) => void) => {
    const info = await ready
    callback?.(info)
    return info
  }
}

/** Resolves once the host page has said what is open. */
function started(link: Link<ToHost, ToPane>, host: Host) {
  return new Promise<{ host: string; platform: string }>((resolve) => {
    link.listen((message) => {
      if (message.kind !== 'start') return host.receive(message)
      host.start(message)
      // Never in the same turn: the page's own scripts come first, as with the real one.
      later(() => resolve({ host: 'Outlook', platform: 'OfficeOnline' }))
    })
    link.post({ kind: 'hello' })
  })
}

/** The living part: the open item, who listens, and the calls under way. */
class Host {
  readonly #link: Link<ToHost, ToPane>
  readonly #handlers = new Map<string, Handler>()
  readonly #calls = new Map<number, Callback<string>>()
  readonly #mailbox: { item: object | null } = { item: null }
  /** `Office.context`: there from the start, filled before `onReady` resolves. */
  readonly context: { officeTheme?: ThemeColours } = {}
  #lastCall = 0

  constructor(link: Link<ToHost, ToPane>) {
    this.#link = link
  }

  start({ user, theme, item }: Extract<ToPane, { kind: 'start' }>): void {
    this.#mailbox.item = this.#shapeOf(item)
    this.context.officeTheme = theme
    Object.assign(this.context, {
      displayLanguage: 'en-US',
      requirements: { isSetSupported },
      mailbox: Object.assign(this.#mailbox, {
        userProfile: user,
        diagnostics: { hostName: 'OutlookWebApp', hostVersion: 'sandbox', OWAView: 'ThreeColumns' },
        convertToRestId: (id: string) => id.replaceAll('/', '-').replaceAll('+', '_'),
        addHandlerAsync: (type: string, handler: Handler, done?: Callback<void>) => {
          this.#handlers.set(type, handler)
          later(() => done?.(succeeded(undefined)))
        },
        removeHandlerAsync: (type: string, done?: Callback<void>) => {
          this.#handlers.delete(type)
          later(() => done?.(succeeded(undefined)))
        },
      }),
    })
  }

  receive(message: ToPane): void {
    if (message.kind === 'item') {
      this.#mailbox.item = this.#shapeOf(message.item)
      this.#raise(ENUMS.EventType.ItemChanged)
    } else if (message.kind === 'theme') {
      this.context.officeTheme = message.theme
      this.#raise(ENUMS.EventType.OfficeThemeChanged)
    } else if (message.kind === 'answer') {
      this.#end(message.call, succeeded(message.value))
    } else if (message.kind === 'refusal') {
      this.#end(message.call, { status: 'failed', error: message.error })
    }
  }

  #raise(type: string): void {
    later(() => this.#handlers.get(type)?.({ type }))
  }

  #end(call: number, result: Result<string>): void {
    const done = this.#calls.get(call)
    this.#calls.delete(call)
    later(() => done?.(result))
  }

  #shapeOf(item: HostItem | null): object | null {
    if (!item) return null
    return item.isDraft ? composeShape(item) : this.#readShape(item)
  }

  #readShape(item: HostItem) {
    const { itemId, internetMessageId, subject } = item
    return {
      itemType: 'message',
      itemClass: 'IPM.Note',
      itemId,
      internetMessageId: internetMessageId ?? undefined,
      subject,
      normalizedSubject: subject,
      from: item.from ? emailDetails(item.from) : undefined,
      to: item.to.map(emailDetails),
      cc: item.cc.map(emailDetails),
      dateTimeCreated: new Date(item.receivedAt),
      body: {
        getAsync: (_coercion: string, done: Callback<string>) => {
          this.#calls.set(++this.#lastCall, done)
          this.#link.post({ kind: 'get-body', call: this.#lastCall, itemId })
        },
      },
    }
  }
}

/** In compose, what are values elsewhere are objects with getAsync (outlook-addin 2.2). */
function composeShape({ subject }: HostItem) {
  return {
    itemType: 'message',
    subject: { getAsync: (done: Callback<string>) => later(() => done(succeeded(subject))) },
  }
}

function isSetSupported(name: string, version = '1.1'): boolean {
  const [major, minor] = version.split('.').map(Number)
  return name === 'Mailbox' && major === 1 && (minor ?? 0) <= MAILBOX_SET
}

function emailDetails({ name, address }: { name: string; address: string }) {
  return { displayName: name, emailAddress: address, recipientType: 'externalUser' }
}

function succeeded<T>(value: T): Result<T> {
  return { status: 'succeeded', value }
}

/** No callback ever runs before the call that asked for it has returned. */
function later(work: () => void): void {
  setTimeout(work)
}
