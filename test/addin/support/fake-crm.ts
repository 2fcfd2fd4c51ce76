import type {
  EmailStatus,
  EmailStatusRequest,
  LogEmailRequest,
} from '../../../models/wire/log-email.ts'
import { ApiError } from '../../../ui/api/api-error.ts'
import type { Tokens, Who } from '../../../addin/auth/tokens.ts'
import type { OpenItem, OpenMessage } from '../../../addin/office/item.ts'
import type { Outlook } from '../../../addin/office/outlook.ts'
import type { SelectionListener } from '../../../addin/office/selection.ts'
import type { Crm } from '../../../addin/taskpane/pane/crm.ts'

export function aMessage(over: Partial<OpenMessage> = {}): OpenMessage {
  return {
    itemId: 'AAMk-1',
    internetMessageId: '<1@fabrikam.test>',
    mailboxAddress: 'alice@contoso.test',
    subject: 'Quote for 40 seats',
    from: { name: 'Dora', address: 'dora@fabrikam.test' },
    to: [{ name: 'Alice', address: 'alice@contoso.test' }],
    cc: [],
    sentAt: '2026-11-21T08:00:00.000Z',
    readBodyHtml: async () => '<p>Hello</p>',
    ...over,
  }
}

export const notLogged: EmailStatus = { state: 'not-logged' }

export function stored(mailboxAddress = 'alice@contoso.test'): EmailStatus {
  const since = '2026-11-20T10:00:00.000Z'
  return {
    state: 'stored',
    emailId: 'e1',
    since,
    sightings: [{ via: 'sync', mailboxAddress, folderName: 'Inbox', since, byName: null }],
  }
}

/** The far side of the pane, run by the test: what is open, who is signed in, what the CRM answers. */
export class World {
  listener: SelectionListener | null = null
  open: OpenItem = { kind: 'none' }
  token: string | null = 'token'
  signInError: Error | null = null
  /** Answers in the order of the calls; the last one stays. */
  answers: (EmailStatus | Error | Promise<EmailStatus>)[] = [notLogged]
  readonly signedIn: Who[] = []
  readonly asked: EmailStatusRequest[] = []
  readonly logged: LogEmailRequest[] = []

  readonly outlook: Outlook = {
    userAddress: 'alice@contoso.test',
    canSignInNested: false,
    theme: () => 'light',
    onThemeChange: () => {},
    watchSelection: (listener) => {
      this.listener = listener
      listener.onItem(this.open)
      return { read: () => listener.onItem(this.open), stop: () => (this.listener = null) }
    },
  }

  readonly tokens: Tokens = {
    silent: async () => this.token,
    signIn: async (who) => {
      this.signedIn.push(who ?? 'owner')
      if (this.signInError) throw this.signInError
      return (this.token = 'token')
    },
  }

  readonly crm: Crm = {
    status: async (request) => {
      this.asked.push(request)
      return this.#answer()
    },
    log: async (request) => {
      this.logged.push(request)
      return this.#answer()
    },
  }

  readonly parts = {
    outlook: Promise.resolve(this.outlook),
    connect: async () => ({ tokens: this.tokens, crm: this.crm }),
  }

  select(item: OpenItem | OpenMessage): void {
    this.open = 'kind' in item ? item : { kind: 'message', message: item }
    this.listener?.onItem(this.open)
  }

  async #answer(): Promise<EmailStatus> {
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0]
    if (answer instanceof Error) throw answer
    if (!answer) throw new Error('The test gave no answer.')
    return answer
  }
}

export const problem = (code: string, detail = `It was ${code}.`) =>
  new ApiError({ code, detail, status: 503, requestId: 'req-1' })
