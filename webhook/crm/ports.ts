import type { Mailbox } from '../../models/mailbox.ts'
import type { EmailDetail, ReadState } from '../../models/wire/email-detail.ts'
import type { EmailFilter, EmailPage, LiveEvent } from '../../models/wire/email.ts'
import type { EmailExplanation, Explanation, ExplainQuestion } from '../../models/wire/explain.ts'
import type {
  EmailStatus,
  EmailStatusRequest,
  LogEmailRequest,
} from '../../models/wire/log-email.ts'
import type {
  ChangeSettings,
  FolderChoice,
  Mailbox as WireMailbox,
} from '../../models/wire/mailbox.ts'
import type { Role } from '../../models/wire/session.ts'
import type { SignedStatement, StatementKeySet } from '../../models/wire/statement.ts'
import type { Shown } from '../html/cleaner.ts'

/** Who asks. The add-in's callers come without roles beyond `member`. */
export type Person = {
  workspaceId: string
  userId: string
  displayName: string
  roles: readonly Role[]
}

/** What the routes need done with mailboxes. */
export type MailboxDesk = {
  connectDelegated(person: Person & { address: string; homeAccountId: string }): Promise<Mailbox>
  connectShared(admin: Person, address: string, signal: AbortSignal): Promise<Mailbox>
  /** Own ones; for an admin all of the workspace. */
  of(person: Person): Promise<WireMailbox[]>
  /** Throws a NotFoundError also when it is somebody else's. */
  find(person: Person, mailboxId: string): Promise<Mailbox>
  folderChoices(mailbox: Mailbox, signal: AbortSignal): Promise<FolderChoice[]>
  chooseFolders(
    person: Person,
    mailbox: Mailbox,
    choice: { watched: string[]; signal: AbortSignal },
  ): Promise<WireMailbox>
  /** The mailbox with its folders and its light. */
  overview(mailbox: Mailbox): Promise<WireMailbox>
}

/** What people may ask of a connected mailbox. Each answers with the mailbox as it is then; the work follows. */
export type MailboxControls = {
  changeSettings(person: Person, mailbox: Mailbox, changes: ChangeSettings): Promise<Mailbox>
  pause(person: Person, mailbox: Mailbox): Promise<Mailbox>
  resume(person: Person, mailbox: Mailbox): Promise<Mailbox>
  syncNow(mailbox: Mailbox): Promise<Mailbox>
  reconcileNow(mailbox: Mailbox): Promise<Mailbox>
}

/** What is not named does not narrow. */
export type PageRequest = Partial<EmailFilter> & { limit: number; cursor: string | null }

/** What the routes need done with e-mails. */
export type EmailDesk = {
  page(person: Person, request: PageRequest): Promise<EmailPage>
  status(person: Person, request: EmailStatusRequest): Promise<EmailStatus>
  log(person: Person, request: LogEmailRequest): Promise<EmailStatus>
}

/** What the routes need done to read one e-mail. Somebody else's is as good as none: a NotFoundError. */
export type ReadingDesk = {
  detail(person: Person, emailId: string): Promise<EmailDetail>
  /** Throws a BadRequestError where nothing goes back to a mailbox of theirs. */
  mark(person: Person, emailId: string, state: ReadState): Promise<ReadState>
  /** The body as it can be shown; `remote` says whether pictures from elsewhere were asked for. */
  body(person: Person, emailId: string, remote: 'block' | 'show'): Promise<Shown>
}

/** What happens while somebody looks. The answer of `subscribe` ends it. */
export type LiveBus = {
  subscribe(person: Person, listener: (event: LiveEvent) => void): () => void
}

/** What the routes need done to prove completeness. */
export type StatementDesk = {
  of(mailbox: Mailbox): Promise<SignedStatement>
  publicKeys(): Promise<StatementKeySet>
}

/** Explains a message to whoever may ask about the mailbox, and may see the e-mail where the question names one. */
export type ExplainDesk = {
  explain(mailbox: Mailbox, question: ExplainQuestion, signal: AbortSignal): Promise<Explanation>
}

/** What the routes need done to explain a message. An e-mail that is not theirs to see is a NotFoundError. */
export type ExplainToPeopleDesk = {
  explain(
    person: Person,
    about: { mailbox: Mailbox; question: ExplainQuestion },
    signal: AbortSignal,
  ): Promise<Explanation>
  /** In each mailbox that has it and that they may ask. */
  explainEmail(person: Person, emailId: string, signal: AbortSignal): Promise<EmailExplanation>
}
