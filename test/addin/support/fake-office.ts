/** A small Office for what the stand-in of the sandbox cannot show: shared items, missing ids, refusals. */

type Done<T> = (result: Office.AsyncResult<T>) => void

export const ENUMS = {
  AsyncResultStatus: { Succeeded: 'succeeded', Failed: 'failed' },
  CoercionType: { Text: 'text', Html: 'html' },
  EventType: { ItemChanged: 'olkItemSelectedChanged', OfficeThemeChanged: 'officeThemeChanged' },
  HostType: { Outlook: 'Outlook' },
  MailboxEnums: { ItemType: { Message: 'message', Appointment: 'appointment' } },
}

export const succeed = <T>(value: T) =>
  ({ status: 'succeeded', value }) as unknown as Office.AsyncResult<T>

export const refuse = (code: number) =>
  ({
    status: 'failed',
    error: { code, name: 'Name', message: 'Words.' },
  }) as unknown as Office.AsyncResult<never>

/** Answers later, as Office.js always does. */
export const later = <T>(done: Done<T>, result: Office.AsyncResult<T>) =>
  void setTimeout(() => done(result))

export type FakeItem = Partial<Omit<Office.MessageRead, 'body'>> & {
  body?: { getAsync: (coercion: string, done: Done<string>) => void }
}

export function aReadItem(over: FakeItem = {}): FakeItem {
  return {
    itemType: 'message',
    itemId: 'AAMk/1+a',
    internetMessageId: '<1@fabrikam.test>',
    subject: 'Quote',
    from: person('Dora', 'dora@fabrikam.test'),
    to: [person('Alice', 'alice@contoso.test')],
    cc: [],
    dateTimeCreated: new Date('2026-11-21T08:00:00Z'),
    body: { getAsync: (_coercion, done) => later(done, succeed('<p>Hello</p>')) },
    ...over,
  }
}

export function person(displayName: string, emailAddress: string | undefined) {
  return { displayName, emailAddress, recipientType: 'other' } as Office.EmailAddressDetails
}

export class FakeOffice {
  readonly handlers = new Map<string, () => void>()
  readonly mailbox = {
    item: null as FakeItem | null,
    userProfile: { emailAddress: 'alice@contoso.test' },
    diagnostics: { hostName: 'OutlookWebApp' },
    convertToRestId: (id: string) => id.replaceAll('/', '-').replaceAll('+', '_'),
    addHandlerAsync: (type: string, handler: () => void, done?: Done<void>) => {
      this.handlers.set(type, handler)
      if (done) later(done, succeed(undefined))
    },
    removeHandlerAsync: (type: string) => void this.handlers.delete(type),
  }
  officeTheme: { bodyBackgroundColor: string; bodyForegroundColor?: string } | undefined

  constructor(item: FakeItem | null = null) {
    this.mailbox.item = item
  }

  get office(): typeof Office {
    const { mailbox, officeTheme } = this
    const context = { mailbox, officeTheme, requirements: { isSetSupported: () => true } }
    return { ...ENUMS, context } as unknown as typeof Office
  }
}
