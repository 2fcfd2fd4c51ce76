import { createDraft, type ComposeItem, type Draft } from '../../../addin/office/compose.ts'
import { createOfficeCall } from '../../../addin/office/host.ts'
import { FakeOffice, later, person, refuse, succeed } from './fake-office.ts'

type Done<T> = (result: Office.AsyncResult<T>) => void

/** A message that is being written in an Outlook of today; what a test takes away is absent, as in an older one. */
export class FakeDraft {
  readonly to = this.#field('dora@fabrikam.test')
  readonly cc = this.#field()
  readonly bcc = this.#field()
  readonly headers = new Map<string, string>()
  listener: (() => void) | null = null
  /** Outlook's number of what the next call runs into. */
  refusal: number | null = null

  readonly item = {
    itemType: 'message',
    subject: { getAsync: () => {} },
    ...{ to: this.to, cc: this.cc, bcc: this.bcc },
    categories: {
      getAsync: (done: Done<unknown>) => later(done, succeed([{ displayName: 'Blue' }])),
    },
    internetHeaders: {
      getAsync: (names: string[], done: Done<Record<string, string>>) =>
        this.#answer(done, () => Object.fromEntries(this.#headersNamed(names))),
      setAsync: (lines: Record<string, string>, done: Done<void>) =>
        this.#answer(done, () => {
          for (const [name, value] of Object.entries(lines)) this.headers.set(name, value)
        }),
    },
    addHandlerAsync: (_type: string, listener: () => void, done: Done<void>) => {
      this.listener = listener
      later(done, succeed(undefined))
    },
    removeHandlerAsync: () => (this.listener = null),
  } as unknown as ComposeItem

  /** As the adapter gives it, without these members. */
  open(...without: (keyof ComposeItem)[]): Draft {
    const item = { ...this.item }
    for (const name of without) delete item[name]
    const { office } = new FakeOffice()
    const draft = createDraft(office, item, createOfficeCall(office))
    if (!draft) throw new Error('This is no draft.')
    return draft
  }

  #headersNamed(names: string[]) {
    return [...this.headers].filter(([name]) => names.includes(name))
  }

  #answer<T>(done: Done<T>, value: () => T): void {
    const { refusal } = this
    this.refusal = null
    later(done, refusal === null ? succeed(value()) : refuse(refusal))
  }

  #field(...addresses: string[]) {
    const people = addresses.map((address) => person('', address))
    return {
      people,
      getAsync: (done: Done<Office.EmailAddressDetails[]>) => later(done, succeed([...people])),
      addAsync: (more: string[], done: Done<void>) =>
        this.#answer(done, () => void people.push(...more.map((address) => person('', address)))),
    }
  }
}
