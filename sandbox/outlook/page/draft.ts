import type { DraftFields, ItemAttachment, Person } from '../outlook-mail.ts'

export type ComposeType = 'newMail' | 'reply' | 'forward'
export type DraftPart = keyof DraftFields | 'sensitivityLabel'

/** Where drafts are kept; rejects when they cannot be. */
export type DraftKeeper = {
  save: (id: string | null, fields: DraftFields) => Promise<string>
}

export type DraftStart = {
  composeType: ComposeType
  fields: DraftFields
  /** Id of a draft that is kept already, as Graph gives it. */
  id?: string
  conversationId?: string
  attachments?: ItemAttachment[]
}

/** A message being written, by a person and an add-in at once: whoever changes it, both hear of it. */
export class Draft {
  readonly composeType: ComposeType
  readonly conversationId: string
  readonly #keeper: DraftKeeper
  readonly #listeners = new Set<(part: DraftPart) => void>()
  #fields: DraftFields
  #id: string | null
  readonly attachments: readonly ItemAttachment[]
  readonly session = new Map<string, string>()
  sensitivityLabel = ''
  #saving: Promise<unknown> = Promise.resolve()

  constructor(start: DraftStart, keeper: DraftKeeper) {
    const { composeType, fields, id, conversationId, attachments = [] } = start
    this.composeType = composeType
    this.attachments = attachments
    this.conversationId = conversationId ?? ''
    this.#fields = fields
    this.#id = id ?? null
    this.#keeper = keeper
  }

  /** Null until it was saved once. */
  get id(): string | null {
    return this.#id
  }
  get fields(): DraftFields {
    return this.#fields
  }

  onChange(listener: (part: DraftPart) => void): void {
    this.#listeners.add(listener)
  }

  set<Part extends keyof DraftFields>(part: Part, value: DraftFields[Part]): void {
    this.#fields = { ...this.#fields, [part]: value }
    this.#tell(part)
  }

  setSensitivityLabel(label: string): void {
    this.sensitivityLabel = label
    this.#tell('sensitivityLabel')
  }

  /** One at a time: two at once would make two drafts. */
  save(): Promise<string> {
    const save = async () => (this.#id = await this.#keeper.save(this.#id, this.#fields))
    const saved = this.#saving.then(save, save)
    this.#saving = saved
    return saved
  }

  #tell(part: DraftPart): void {
    for (const listener of this.#listeners) listener(part)
  }
}

export const noFields: DraftFields = {
  ...{ to: [], cc: [], bcc: [], subject: '', bodyHtml: '', headers: {} },
}

/** `Dora <dora@fabrikam.test>; bob@contoso.test` as people; what has no `@` is no address. */
export function peopleOf(text: string): Person[] {
  return text.split(/[;,]/).flatMap((one) => {
    const [before = '', inside] = one.split('<')
    const address = (inside?.split('>')[0] ?? before).trim()
    const name = inside === undefined ? '' : before.replaceAll('"', '').trim()
    return address.includes('@') ? [{ name, address }] : []
  })
}

export const peopleText = (people: readonly Person[]) =>
  people.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join('; ')
