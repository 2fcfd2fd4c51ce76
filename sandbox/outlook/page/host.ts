import type { DraftStart, FullItem } from '../outlook-mail.ts'
import type { BridgeUser } from './answers/asked.ts'
import { Draft, noFields } from './draft.ts'
import type { ToHost, ToPane } from './messages.ts'
import { clientOf, type ClientName } from './office/clients.ts'
import { OfficeBridge } from './office-bridge.ts'
import { sampleMeeting } from './sample-meeting.ts'
import { showForm } from './view/compose-form.ts'
import { required } from './view/dom.ts'
import { MailApi, readStart, type Start } from './view/mail-api.ts'
import { MessageList } from './view/message-list.ts'
import { PaneFrame, type Surface } from './view/pane-frame.ts'
import { showMeeting, showMessage, showNothing, type MessageAction } from './view/reading-pane.ts'
import { listenToToolbar } from './view/toolbar.ts'
import { windowLink } from './window-link.ts'

const COMPOSE_TYPES = {
  new: 'newMail',
  reply: 'reply',
  replyAll: 'reply',
  forward: 'forward',
} as const

/** The page: choose a mailbox, choose a message or write one; the pane beside it follows. */
class HostPage {
  readonly #mailbox = required('mailbox', HTMLSelectElement)
  readonly #start: Start
  readonly #list = new MessageList({
    onOpen: (id) => void this.openMessage(id),
    onSelect: (ids) => void this.#select(ids),
  })
  readonly pane: PaneFrame
  readonly bridge: OfficeBridge
  #mail: MailApi
  #user: BridgeUser
  #open: string | null = null
  #turn = 0

  constructor(start: Start) {
    this.#start = start
    const [first = { address: '', displayName: '' }] = start.mailboxes
    this.#user = first
    this.#mail = new MailApi(first.address)
    this.pane = new PaneFrame(start.paneUrl)
    const { origin } = new URL(start.paneUrl)
    this.bridge = new OfficeBridge(windowLink<ToPane, ToHost>(window, this.pane.window, origin), {
      attachmentBytes: (id, attachmentId) => this.#mail.attachment(id, attachmentId),
      reply: (id) => void this.write({ kind: 'reply', to: id }),
      showMessage: (id) => void this.openMessage(id),
      closePane: () => this.pane.close(),
    })
    for (const { address, displayName, isShared } of start.mailboxes)
      this.#mailbox.append(new Option(isShared ? `${displayName} (shared)` : displayName, address))
    this.#mailbox.addEventListener('change', () => void this.showMailbox())
  }

  /** A shared mailbox is opened in the Outlook of whoever was here last. */
  async showMailbox(): Promise<void> {
    const chosen = this.#start.mailboxes.find(({ address }) => address === this.#mailbox.value)
    if (!chosen) return
    if (!chosen.isShared) this.#user = chosen
    this.#mail = new MailApi(chosen.address)
    this.bridge.setUser(this.#user, chosen.isShared ? chosen : null)
    this.#list.clear('Loading…')
    this.nothing()
    this.pane.reload()
    await this.refresh()
  }

  async refresh(): Promise<void> {
    const mail = this.#mail
    const items = await mail.list()
    if (mail === this.#mail) this.#list.show(items)
  }

  async openMessage(id: string): Promise<void> {
    const turn = ++this.#turn
    this.#open = id
    this.#list.mark([id])
    const item = await this.#mail.message(id)
    if (turn !== this.#turn) return
    if (!item) showNothing('This message is not there any more.')
    else if (item.isDraft) return this.#showDraft(this.#draftOf(item))
    else showMessage(item, this.#mail.urlOf(id), (action) => void this.#act(item, action))
    this.#follow('read', () => this.bridge.open(item))
  }

  /** A form to write in, empty or with what an answer begins with. */
  async write(start: DraftStart): Promise<void> {
    const turn = ++this.#turn
    const fields = await this.#mail.begin(start)
    if (turn !== this.#turn) return
    this.#showDraft(
      new Draft(
        { composeType: COMPOSE_TYPES[start.kind], fields },
        this.#keeper(this.#mail, start),
      ),
    )
  }

  openMeeting(side: 'organizer' | 'attendee'): void {
    this.#turn++
    const { displayName: name, address } = this.#user
    const meeting = sampleMeeting({ name, address }, side)
    this.#list.mark([])
    showMeeting(meeting, side)
    this.#follow('meeting', () => this.bridge.openMeeting({ id: meeting.itemId, side, meeting }))
  }

  nothing(): void {
    this.#turn++
    this.#open = null
    this.#list.mark([])
    showNothing()
    this.bridge.open(null)
  }

  setClient(name: ClientName): void {
    this.bridge.setClient(name)
    this.pane.setClient(clientOf(name))
    this.pane.reload()
  }

  /** The item is swapped before the pane's own frame is: a pane that starts asks what is open. */
  #follow(surface: Surface, open: () => void): void {
    open()
    this.pane.follow(surface)
  }

  async #select(ids: string[]): Promise<void> {
    const turn = ++this.#turn
    const [only] = ids
    if (only !== undefined && ids.length === 1) return this.openMessage(only)
    const found = await Promise.all(ids.map((id) => this.#mail.message(id)))
    if (turn !== this.#turn) return
    showNothing(ids.length === 0 ? undefined : `${ids.length} messages are selected.`)
    this.bridge.select(found.filter((mail) => mail !== null))
  }

  async #act(item: FullItem, action: MessageAction): Promise<void> {
    if (action !== 'archive') return this.write({ kind: action, to: item.id })
    // Under a new id: what knew the message by its old one has to find it again (outlook-addin 2.5).
    const id = await this.#mail.archive(item.id)
    await this.refresh()
    await this.openMessage(id)
  }

  #showDraft(draft: Draft): void {
    const mail = this.#mail
    showForm(draft, {
      save: async () => void (await draft.save()),
      send: async () => {
        await mail.send(await draft.save())
        await this.#leaveForm()
      },
      discard: () => void this.#leaveForm(),
    })
    this.#follow('compose', () => this.bridge.openDraft(draft))
  }

  async #leaveForm(): Promise<void> {
    if (this.#open) await this.openMessage(this.#open)
    else {
      this.nothing()
      this.pane.follow('read')
    }
    await this.refresh()
  }

  #draftOf({ id, to, cc, bcc = [], subject, bodyHtml, attachments = [] }: FullItem): Draft {
    const fields = { ...noFields, to, cc, bcc, subject, bodyHtml }
    this.#open = null
    return new Draft(
      { composeType: 'newMail', id, fields, attachments },
      this.#keeper(this.#mail, { kind: 'new' }),
    )
  }

  #keeper = (mail: MailApi, start: DraftStart) => ({
    save: (id: string | null, fields: Draft['fields']) => mail.save(id, { ...fields, start }),
  })
}

const page = new HostPage(await readStart())
const { setFaults } = listenToToolbar(page)
// For tests and the curious: the same as the panel's choices, from the console.
Object.assign(window, { outlook: { page, setFaults } })
await page.showMailbox()
