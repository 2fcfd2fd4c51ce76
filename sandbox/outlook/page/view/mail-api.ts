import type {
  DraftFields,
  DraftStart,
  FullItem,
  ListItem,
  MailboxChoice,
  SavedDraft,
} from '../../outlook-mail.ts'

export type Start = { paneUrl: string; mailboxes: MailboxChoice[] }

export const readStart = () => read<Start>('/api/start')

/** One mailbox on this page's own server. */
export class MailApi {
  readonly #url: string

  constructor(readonly address: string) {
    this.#url = `/api/mailboxes/${encodeURIComponent(address)}`
  }

  readonly list = () => read<ListItem[]>(`${this.#url}/messages`)

  readonly urlOf = (id: string) => `${this.#url}/messages/${encodeURIComponent(id)}`

  /** Null when it is not there any more. */
  async message(id: string): Promise<FullItem | null> {
    const response = await fetch(this.urlOf(id))
    return response.ok ? ((await response.json()) as FullItem) : null
  }

  async attachment(id: string, attachmentId: string): Promise<Uint8Array | null> {
    const url = `${this.urlOf(id)}/attachments/${encodeURIComponent(attachmentId)}`
    const response = await fetch(url)
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null
  }

  async archive(id: string): Promise<string> {
    return (await post<{ id: string }>(`${this.urlOf(id)}/archive`, {})).id
  }

  readonly begin = (start: DraftStart) => post<DraftFields>(`${this.#url}/drafts/begin`, start)

  async save(id: string | null, draft: SavedDraft): Promise<string> {
    return (await post<{ id: string }>(`${this.#url}/drafts`, { id, ...draft })).id
  }

  async send(id: string): Promise<void> {
    await checked(`${this.#url}/drafts/${encodeURIComponent(id)}/send`, { method: 'POST' })
  }
}

const read = async <T>(url: string) => (await (await checked(url)).json()) as T

async function post<T>(url: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const response = await checked(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await response.json()) as T
}

async function checked(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
  return response
}
