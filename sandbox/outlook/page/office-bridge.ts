import type { FullItem } from '../outlook-mail.ts'
import { Kept, type BridgeUser, type Open, type PageActions, type Scene } from './answers/asked.ts'
import { answerTo } from './answers/answer.ts'
import { Refusal } from './answers/refusal.ts'
import { Draft, noFields, type DraftPart } from './draft.ts'
import { NO_FAULTS, type Faults } from './faults.ts'
import { hostItem } from './host-item.ts'
import type { Call, Link, ToHost, ToPane } from './messages.ts'
import { clientOf, type ClientName } from './office/clients.ts'
import { ENUMS } from './office/enums.ts'
import { THEMES, type ThemeName } from './theme-colours.ts'

export type { BridgeUser } from './answers/asked.ts'

const { EventType } = ENUMS
const LATE_READY_MS = 3_000
const LATE_EVENT_MS = 1_500
const SLOW_CALL_MS = 2_000

/** What nothing around does: for tests of Office.js alone. */
const NOWHERE: PageActions = {
  attachmentBytes: async () => null,
  reply: () => undefined,
  showMessage: () => undefined,
  closePane: () => undefined,
}

/** The host's side of Office.js: knows what is open, says so, and answers what the pane asks about it. */
export class OfficeBridge {
  readonly #link: Link<ToPane, ToHost>
  readonly #scene: Scene
  #clientName: ClientName = 'web'
  #open: Open | null = null
  #theme: ThemeName = 'light'
  #key = 0
  #inFlight = 0

  constructor(link: Link<ToPane, ToHost>, page: PageActions = NOWHERE) {
    this.#link = link
    this.#scene = {
      user: { address: '', displayName: '' },
      client: clientOf('web'),
      faults: { ...NO_FAULTS },
      shared: null,
      selected: [],
      kept: new Kept(),
      page,
    }
    link.listen((message) => (message.kind === 'hello' ? this.#greet() : void this.#take(message)))
  }

  get faults(): Readonly<Faults> {
    return this.#scene.faults
  }

  setFaults(changes: Partial<Faults>): void {
    Object.assign(this.#scene.faults, changes)
  }

  /** Another person's Outlook, or another mailbox in it; the page reloads the pane for it. */
  setUser(user: BridgeUser, shared: { address: string } | null = null): void {
    Object.assign(this.#scene, { user, shared })
    this.#open = null
  }

  /** Another Outlook; the page reloads the pane for it. */
  setClient(name: ClientName): void {
    this.#clientName = name
    this.#scene.client = clientOf(name)
  }

  /** Swaps the open item, then says so: `mailbox.item` is new before ItemChanged (outlook-addin 2.4). */
  open(mail: FullItem | null): void {
    this.#scene.selected = mail ? [mail] : []
    if (!mail) this.#swap(null)
    else if (mail.isDraft) this.openDraft(draftOf(mail))
    else this.#swap({ kind: 'message', id: mail.id, mail })
  }

  openMeeting(meeting: Omit<Extract<Open, { kind: 'meeting' }>, 'kind'>): void {
    this.#swap({ kind: 'meeting', ...meeting })
  }

  openDraft(draft: Draft): void {
    draft.onChange((part) => this.#tellOf(draft, part))
    this.#swap({ kind: 'draft', draft })
  }

  /** Several messages chosen in the list: no item is open then (outlook-addin 2.7). */
  select(mails: FullItem[]): void {
    this.#scene.selected = mails
    this.#swap(null)
    this.#raise(EventType.SelectedItemsChanged)
  }

  setTheme(theme: ThemeName): void {
    this.#theme = theme
    const { colours } = THEMES[theme]
    const { mailbox } = this.#scene.client
    const tell = () => {
      if (mailbox >= 14) this.#raise(EventType.OfficeThemeChanged, { officeTheme: colours })
    }
    const stale = this.#scene.faults.theme === 'stale'
    if (stale) tell()
    this.#link.post({ kind: 'theme', theme: colours })
    if (!stale) tell()
  }

  #greet(): void {
    const { ready } = this.#scene.faults
    if (ready === 'never') return
    if (ready === 'late') setTimeout(() => this.#start(), LATE_READY_MS)
    else this.#start()
  }

  #start(): void {
    const { user, kept, faults } = this.#scene
    this.#inFlight = 0
    this.#link.post({
      kind: 'start',
      client: this.#clientName,
      language: faults.language,
      user: { emailAddress: user.address, displayName: user.displayName, timeZone: 'UTC' },
      theme: THEMES[this.#theme].colours,
      item: hostItem(this.#open, String(this.#key), this.#scene),
      settings: kept.roaming,
    })
  }

  #swap(open: Open | null): void {
    const { itemChanged } = this.#scene.faults
    // Outlook goes on to the next message, and the add-in's item stays behind (#6833).
    if (itemChanged === 'frozen') return
    this.#open = open
    this.#key++
    this.#link.post({ kind: 'item', item: hostItem(open, String(this.#key), this.#scene) })
    if (itemChanged === 'missing') return
    const tell = () => this.#raise(EventType.ItemChanged)
    if (itemChanged === 'late') setTimeout(tell, LATE_EVENT_MS)
    else tell()
    if (itemChanged === 'twice') tell()
  }

  #tellOf(draft: Draft, part: DraftPart): void {
    if (this.#open?.kind !== 'draft' || this.#open.draft !== draft) return
    if (part === 'to' || part === 'cc' || part === 'bcc') {
      const changedRecipientFields = { to: false, cc: false, bcc: false, [part]: true }
      this.#raise(EventType.RecipientsChanged, { changedRecipientFields })
    } else if (part === 'sensitivityLabel') this.#raise(EventType.SensitivityLabelChanged)
  }

  #raise(type: string, of: Record<string, unknown> = {}): void {
    this.#link.post({ kind: 'event', type, of })
  }

  async #take(call: Call): Promise<void> {
    const { client, faults } = this.#scene
    // The docs give the limit and not the symptom, so the stand-in refuses (outlook-addin 6.3).
    if (client.atOnce !== null && this.#inFlight >= client.atOnce)
      return this.#refuse(call, new Refusal('InternalError', 'Too many calls at once.'))
    this.#inFlight++
    await new Promise((done) => setTimeout(done, faults.calls === 'slow' ? SLOW_CALL_MS : 0))
    try {
      const about = call.key === null ? null : this.#about(call.key)
      const value = await answerTo(call, about, this.#scene)
      this.#link.post({ kind: 'answer', call: call.call, value })
    } catch (error) {
      this.#refuse(call, error)
    } finally {
      this.#inFlight = Math.max(0, this.#inFlight - 1)
    }
  }

  #about(key: string): Open {
    if (!this.#open || key !== String(this.#key))
      throw new Refusal('APICallFailedDueToItemChange', 'Another item is open by now.')
    return this.#open
  }

  #refuse({ call }: Call, error: unknown): void {
    const refusal = error instanceof Refusal ? error : new Refusal('InternalError')
    this.#link.post({ kind: 'refusal', call, error: refusal.trouble })
  }
}

/** A draft out of the list, which nobody keeps: it has an id already. */
function draftOf({ id, subject, to, cc, bcc = [], bodyHtml, attachments = [] }: FullItem): Draft {
  const fields = { ...noFields, subject, to, cc, bcc, bodyHtml }
  return new Draft({ composeType: 'newMail', id, fields, attachments }, { save: async () => id })
}
