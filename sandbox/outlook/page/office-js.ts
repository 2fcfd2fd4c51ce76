import { clientOf, type Client } from './office/clients.ts'
import { Calls, later } from './office/calls.ts'
import { attendeeShape } from './office/meeting-shape.ts'
import type { ShapeParts } from './office/common-shape.ts'
import type { Some } from './office/some.ts'
import { composeShape, organizerShape } from './office/compose-shape.ts'
import { ENUMS } from './office/enums.ts'
import { Handlers } from './office/handlers.ts'
import { toEwsId, toRestId } from './office/ids.ts'
import { readShape } from './office/read-shape.ts'
import { roamingSettings } from './office/settings.ts'
import { had } from './office/since.ts'
import type { HostItem, Link, ThemeColours, ToHost, ToPane } from './messages.ts'

/**
 * The sandbox's stand-in for Office.js: as much of it as a CRM's add-in uses, as the chosen client behaves
 * (outlook-addin 6.3). Served to the pane as one classic script.
 */

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
      later(() => resolve({ host: 'Outlook', platform: clientOf(message.client).platform }))
    })
    link.post({ kind: 'hello' })
  })
}

/** The living part: the open item, and who listens. */
class Host {
  readonly #calls: Calls
  readonly #handlers = new Handlers()
  #itemHandlers = new Handlers()
  readonly #mailbox: { item: object | null } = { item: null }
  /** `Office.context`: there from the start, filled before `onReady` resolves. */
  readonly context: Record<string, unknown> = {}
  #client: Client = clientOf('web')

  constructor(link: Link<ToHost, ToPane>) {
    this.#calls = new Calls(link)
  }

  start(told: Extract<ToPane, { kind: 'start' }>): void {
    const { client, language, user, theme, item, settings } = told
    this.#client = clientOf(client)
    this.#swap(item)
    const isSetSupported = (name: string, version = '1.1') => this.#supports(name, version)
    Object.assign(this.context, {
      displayLanguage: language,
      contentLanguage: language,
      host: 'Outlook',
      platform: this.#client.platform,
      partitionKey: 'sandbox',
      requirements: { isSetSupported },
      ui: { closeContainer: this.#calls.method(null, 'ui.closeContainer', 0) },
      ...this.#gated(theme, settings),
      mailbox: Object.assign(this.#mailbox, this.#members(user)),
    })
  }

  receive(message: Exclude<ToPane, { kind: 'start' }>): void {
    switch (message.kind) {
      case 'item':
        return this.#swap(message.item)
      case 'theme':
        if ('officeTheme' in this.context) this.context['officeTheme'] = message.theme
        return
      case 'event':
        return later(() => {
          this.#handlers.raise(message.type, message.of)
          this.#itemHandlers.raise(message.type, message.of)
        })
      default:
        return this.#calls.end(message)
    }
  }

  /** Handlers of an item go with it. */
  #swap(item: HostItem | null): void {
    this.#itemHandlers = new Handlers()
    this.#mailbox.item = item && shapeOf(item, this.#parts(this.#itemHandlers))
  }

  #parts(handlers: Handlers): ShapeParts {
    return { calls: this.#calls, client: this.#client, handlers }
  }

  #gated(theme: ThemeColours, settings: Record<string, unknown>) {
    const save = this.#calls.method(null, 'roamingSettings.saveAsync', 1)
    return had('context', this.#client, {
      officeTheme: theme,
      roamingSettings: roamingSettings(this.#client, { ...settings }, save),
      sensitivityLabelsCatalog: {
        getAsync: this.#calls.method(null, 'sensitivityLabelsCatalog.getAsync', 0),
        getIsEnabledAsync: this.#calls.method(
          null,
          'sensitivityLabelsCatalog.getIsEnabledAsync',
          0,
        ),
      },
    } satisfies Some<Office.Context>)
  }

  #members(user: Extract<ToPane, { kind: 'start' }>['user']) {
    const { hostName } = this.#client
    return had('mailbox', this.#client, {
      userProfile: had('userProfile', this.#client, {
        ...user,
        accountType: 'office365',
      } satisfies Some<Office.UserProfile>),
      diagnostics: { hostName, hostVersion: '16.0.sandbox', OWAView: 'ThreeColumns' },
      convertToRestId: toRestId,
      convertToEwsId: toEwsId,
      displayMessageForm: (id: unknown) =>
        this.#calls.method(null, 'mailbox.displayMessageForm', 1)(id),
      getSelectedItemsAsync: this.#calls.method(null, 'mailbox.getSelectedItemsAsync', 0),
      addHandlerAsync: this.#handlers.addHandlerAsync,
      removeHandlerAsync: this.#handlers.removeHandlerAsync,
    } satisfies Some<Office.Mailbox>)
  }

  #supports(name: string, version: string): boolean {
    const [major, minor] = version.split('.').map(Number)
    // NestedAppAuth takes a real host that hands out tokens.
    return name === 'Mailbox' && major === 1 && (minor ?? 0) <= this.#client.mailbox
  }
}

function shapeOf(item: HostItem, parts: ShapeParts): object {
  switch (item.form) {
    case 'message-read':
      return readShape(parts, item)
    case 'message-compose':
      return composeShape(parts, item)
    case 'appointment-read':
      return attendeeShape(parts, item)
    case 'appointment-compose':
      return organizerShape(parts, item)
  }
}
