import type { Mailbox } from '../../../../models/mailbox.ts'
import type { EmailPage, LiveEvent } from '../../../../models/wire/email.ts'
import type {
  EmailStatus,
  EmailStatusRequest,
  LogEmailRequest,
} from '../../../../models/wire/log-email.ts'
import type {
  ChangeSettings,
  FolderChoice,
  Mailbox as WireMailbox,
} from '../../../../models/wire/mailbox.ts'
import { NotFoundError } from '../../../../webhook/errors.ts'
import type {
  EmailDesk,
  LiveBus,
  MailboxControls,
  MailboxDesk,
  PageRequest,
  Person,
} from '../../../../webhook/crm/ports.ts'

type Connecting = Parameters<MailboxDesk['connectDelegated']>[0]

/** The smallest mailboxes that keep what the routes hand them. */
export class MailboxesInMemory implements MailboxDesk {
  readonly connecting: Connecting[] = []
  readonly stored: Mailbox[] = []
  readonly watched = new Map<string, string[]>()
  /** What the next question runs into. */
  mishap: () => void = () => undefined

  async connectDelegated(person: Connecting): Promise<Mailbox> {
    this.connecting.push(person)
    return this.add(person, { address: person.address, authMode: 'delegated' as const })
  }

  async connectShared(admin: Person, address: string): Promise<Mailbox> {
    return this.add(admin, { address, authMode: 'app' as const })
  }

  async of(person: Person): Promise<WireMailbox[]> {
    this.meetMishap()
    return this.stored
      .filter((mailbox) => mailbox.ownerUserId === person.userId || person.roles.includes('admin'))
      .map((mailbox) => this.present(mailbox))
  }

  async find(person: Person, mailboxId: string): Promise<Mailbox> {
    const found = this.stored.find(
      ({ _id, ownerUserId }) => _id === mailboxId && ownerUserId === person.userId,
    )
    if (!found) throw new NotFoundError()
    return found
  }

  async folderChoices({ _id }: Mailbox): Promise<FolderChoice[]> {
    this.meetMishap()
    return ['inbox', 'archive'].map((id) => ({
      id,
      displayName: id,
      depth: 0,
      totalItemCount: 3,
      hidden: false,
      deleted: false,
      watched: this.watched.get(_id)?.includes(id) ?? false,
      suggested: id === 'inbox',
    }))
  }

  async chooseFolders(
    _person: Person,
    mailbox: Mailbox,
    { watched }: { watched: string[] },
  ): Promise<WireMailbox> {
    this.watched.set(mailbox._id, watched)
    return this.present(mailbox)
  }

  async overview(mailbox: Mailbox): Promise<WireMailbox> {
    return this.present(mailbox)
  }

  private add(person: Person, about: Pick<Mailbox, 'address' | 'authMode'>): Mailbox {
    const mailbox: Mailbox = {
      _id: `mailbox-${this.stored.length + 1}`,
      workspaceId: person.workspaceId,
      providerUserId: person.userId,
      displayName: about.address,
      ownerUserId: person.userId,
      homeAccountId: null,
      credentialSeq: 0,
      status: 'connected',
      trouble: null,
      recheckAt: null,
      paused: null,
      settings: { pollEveryMinutes: null, windowDays: null, sharing: null },
      writeRefused: null,
      folderLookAt: new Date(0),
      handover: null,
      ending: null,
      ...about,
    }
    this.stored.push(mailbox)
    return mailbox
  }

  private meetMishap(): void {
    const { mishap } = this
    this.mishap = () => undefined
    mishap()
  }

  private present(mailbox: Mailbox): WireMailbox {
    const { _id, address, displayName, authMode, status, settings } = mailbox
    const paused = mailbox.paused && { ...mailbox.paused, at: mailbox.paused.at.toISOString() }
    const light = { colour: 'off' as const, sentence: 'Nothing is watched yet.' }
    const wire: WireMailbox = {
      id: _id,
      address,
      displayName,
      authMode,
      status,
      trouble: null,
      paused,
      settings,
      light,
      folders: [],
    }
    // What a careless spread would let out; the route must not.
    return { ...wire, homeAccountId: 'secret-account-id' } as WireMailbox
  }
}

/** Keeps what was asked of a mailbox, and does it to the mailbox that it was given. */
export class MailboxControlInMemory implements MailboxControls {
  readonly asked: string[] = []

  async changeSettings(
    _person: Person,
    mailbox: Mailbox,
    changes: ChangeSettings,
  ): Promise<Mailbox> {
    this.asked.push(`settings ${JSON.stringify(changes)}`)
    return mailbox
  }

  async pause({ displayName: byName }: Person, mailbox: Mailbox): Promise<Mailbox> {
    this.asked.push(`pause by ${byName}`)
    return { ...mailbox, paused: { at: new Date('2026-11-20T09:00:00Z'), byName } }
  }

  async resume(_person: Person, mailbox: Mailbox): Promise<Mailbox> {
    this.asked.push('resume')
    return mailbox
  }

  async syncNow(mailbox: Mailbox): Promise<Mailbox> {
    this.asked.push('sync')
    return mailbox
  }

  async reconcileNow(mailbox: Mailbox): Promise<Mailbox> {
    this.asked.push('reconcile')
    return mailbox
  }
}

export class EmailsInMemory implements EmailDesk {
  readonly asked: { person: Person; request: unknown }[] = []

  async page(person: Person, request: PageRequest): Promise<EmailPage> {
    this.asked.push({ person, request })
    return { emails: [], nextCursor: null, total: 0 }
  }

  async status(person: Person, request: EmailStatusRequest): Promise<EmailStatus> {
    this.asked.push({ person, request })
    return { state: 'not-logged' }
  }

  async log(person: Person, request: LogEmailRequest): Promise<EmailStatus> {
    this.asked.push({ person, request })
    return { state: 'stored', emailId: 'e1', since: '2026-11-20T09:00:00.000Z', sightings: [] }
  }
}

export class LiveInMemory implements LiveBus {
  readonly listeners = new Set<(event: LiveEvent) => void>()

  subscribe(_person: Person, listener: (event: LiveEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  publish(event: LiveEvent): void {
    for (const listener of this.listeners) listener(event)
  }
}
