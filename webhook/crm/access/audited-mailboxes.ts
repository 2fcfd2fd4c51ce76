import type { Mailbox } from '../../../models/mailbox.ts'
import { AuditDetails, type AuditAction } from '../../../models/wire/audit.ts'
import type { ChangeSettings } from '../../../models/wire/mailbox.ts'
import { actorOf, type Audit } from '../../audit/audit.ts'
import type { Announcer } from '../announce.ts'
import type { MailboxControl } from '../mailbox-control.ts'
import type { Mailboxes } from '../mailbox-desk.ts'
import type { MailboxControls, MailboxDesk, Person } from '../ports.ts'

type Parts = {
  audit: Audit
  mailboxDesk: Mailboxes
  mailboxControl: MailboxControl
  announcer: Pick<Announcer, 'mailboxChanged'>
}

/**
 * Mailboxes as people change them: what somebody asks for is written down first, and not done when that fails. A mailbox is
 * connected before it is written down, as it has no id until then; who is told that it failed connects it again. Whoever else
 * looks at the mailbox sees the change.
 */
export class AuditedMailboxes implements MailboxDesk, MailboxControls {
  constructor(private readonly parts: Parts) {}

  async connectDelegated(person: Person & { address: string; homeAccountId: string }) {
    return this.connected(person, await this.parts.mailboxDesk.connectDelegated(person))
  }

  async connectShared(admin: Person, address: string, signal: AbortSignal) {
    return this.connected(admin, await this.parts.mailboxDesk.connectShared(admin, address, signal))
  }

  of = (person: Person) => this.parts.mailboxDesk.of(person)

  find = (person: Person, mailboxId: string) => this.parts.mailboxDesk.find(person, mailboxId)

  folderChoices = (mailbox: Mailbox, signal: AbortSignal) =>
    this.parts.mailboxDesk.folderChoices(mailbox, signal)

  overview = (mailbox: Mailbox) => this.parts.mailboxDesk.overview(mailbox)

  async chooseFolders(
    person: Person,
    mailbox: Mailbox,
    { watched, signal }: { watched: string[]; signal: AbortSignal },
  ) {
    await this.write(person, mailbox, { action: 'folders-chosen', details: { watched } })
    const done = await this.parts.mailboxDesk.chooseFolders(mailbox, watched, signal)
    return this.announced(mailbox, done)
  }

  async changeSettings(person: Person, mailbox: Mailbox, changes: ChangeSettings) {
    const details = AuditDetails.parse(changes)
    await this.write(person, mailbox, { action: 'mailbox-settings-changed', details })
    return this.announced(mailbox, await this.parts.mailboxControl.changeSettings(mailbox, changes))
  }

  async pause(person: Person, mailbox: Mailbox) {
    await this.write(person, mailbox, { action: 'mailbox-paused' })
    const paused = await this.parts.mailboxControl.pause(mailbox, person.displayName)
    return this.announced(mailbox, paused)
  }

  async resume(person: Person, mailbox: Mailbox) {
    await this.write(person, mailbox, { action: 'mailbox-resumed' })
    return this.announced(mailbox, await this.parts.mailboxControl.resume(mailbox))
  }

  syncNow = (mailbox: Mailbox) => this.parts.mailboxControl.syncNow(mailbox)

  reconcileNow = (mailbox: Mailbox) => this.parts.mailboxControl.reconcileNow(mailbox)

  private async connected(person: Person, mailbox: Mailbox): Promise<Mailbox> {
    const details = { authMode: mailbox.authMode }
    await this.write(person, mailbox, { action: 'mailbox-connected', details })
    return this.announced(mailbox, mailbox)
  }

  private announced<Done>({ _id }: Mailbox, done: Done): Done {
    this.parts.announcer.mailboxChanged(_id)
    return done
  }

  private write(
    person: Person,
    { workspaceId, _id: id }: Mailbox,
    what: { action: AuditAction; details?: AuditDetails },
  ): Promise<void> {
    const object = { kind: 'mailbox', id }
    return this.parts.audit.write({ workspaceId, who: actorOf(person), object, ...what })
  }
}
