import type { Party } from '../../models/wire/email.ts'
import type { ComposeRequest } from '../../models/wire/pane/compose.ts'
import { CHOICE_HEADER } from '../../models/wire/pane/limits.ts'
import type { OfficeCall } from './host.ts'
import { ownerOf, partiesOf } from './parties.ts'

/** A message that is being written. Nothing is kept: all of it changes while people type. */
export type Draft = {
  /** It can carry a choice until it is sent: Mailbox 1.8. */
  canCarry: boolean
  /** Outlook tells when recipients change: Mailbox 1.7. Else somebody has to ask. */
  tellsChanges: boolean
  read: () => Promise<DraftFacts>
  /** From now on it carries this choice, also when it is closed and opened again. */
  carry: (choiceId: string) => Promise<void>
  /** One more blind copy. */
  copyTo: (address: string) => Promise<void>
  /** Calls back when its recipients may have changed; the answer ends that. */
  watch: (listener: () => void) => () => void
}

/** As it is at one moment. `sensitivity`: null where Outlook does not tell. */
export type DraftFacts = {
  mailboxAddress: string
  to: Party[]
  cc: Party[]
  bcc: Party[]
  /** Of a reply; a new message may have none yet. */
  conversationId?: string
  categories: string[]
  sensitivity: ComposeRequest['sensitivity']
  choiceId: string | null
}

/** Outlook's own type for messages names no sensitivity; where a client has one, it is that of appointments (1.14). */
export type ComposeItem = Partial<Office.MessageCompose> & {
  sensitivity?: Pick<Office.Sensitivity, 'getAsync'>
}

/** Undefined where the item does not let its recipients be read. */
export function createDraft(
  office: typeof Office,
  item: ComposeItem,
  call: OfficeCall,
): Draft | undefined {
  const { to, cc, bcc, internetHeaders: headers } = item
  if (!to?.getAsync || !cc?.getAsync || !bcc?.getAsync) return undefined
  const read = async (): Promise<DraftFacts> => {
    const [mailboxAddress, people, categories, sensitivity, choiceId] = await Promise.all([
      ownerOf(office.context.mailbox, item, call),
      Promise.all([to, cc, bcc].map((field) => recipientsIn(field, call))),
      categoriesOf(item, call),
      sensitivityOf(item, call),
      carriedBy(item, call),
    ])
    const [inTo = [], inCc = [], inBcc = []] = people
    const { conversationId } = item
    return {
      ...{ mailboxAddress, to: inTo, cc: inCc, bcc: inBcc, categories, sensitivity, choiceId },
      ...(conversationId ? { conversationId } : {}),
    }
  }
  return {
    canCarry: headers !== undefined,
    tellsChanges: item.addHandlerAsync !== undefined,
    read,
    carry: (choiceId) =>
      call<void>((done) => headers?.setAsync({ [CHOICE_HEADER]: choiceId }, done)),
    copyTo: (address) => call<void>((done) => bcc.addAsync([address], done)),
    watch: (listener) => watchRecipients(office, item, { call, listener }),
  }
}

const recipientsIn = async (field: Office.Recipients, call: OfficeCall): Promise<Party[]> =>
  partiesOf(await call<Office.EmailAddressDetails[]>((done) => field.getAsync(done)))

/** Web and new Outlook refuse categories of what is being written (outlook-addin 2.2): then there are none to see. */
async function categoriesOf({ categories }: ComposeItem, call: OfficeCall): Promise<string[]> {
  if (!categories) return []
  type Found = Office.CategoryDetails[] | null
  const found = await call<Found>((done) => categories.getAsync(done)).catch(() => null)
  return (found ?? []).map(({ displayName }) => displayName)
}

const SENSITIVITIES = ['normal', 'personal', 'private', 'confidential'] as const

async function sensitivityOf(
  { sensitivity }: ComposeItem,
  call: OfficeCall,
): Promise<DraftFacts['sensitivity']> {
  if (!sensitivity?.getAsync) return null
  const told = await call<string>((done) => sensitivity.getAsync(done)).catch(() => '')
  return SENSITIVITIES.find((each) => each === told.toLowerCase()) ?? null
}

async function carriedBy({ internetHeaders }: ComposeItem, call: OfficeCall) {
  if (!internetHeaders) return null
  type Lines = Record<string, string>
  const lines = await call<Lines>((done) => internetHeaders.getAsync([CHOICE_HEADER], done))
  return lines[CHOICE_HEADER] ?? null
}

type Watching = { call: OfficeCall; listener: () => void }

/** Events are missed and come twice (outlook-addin 2.4): each one, and the focus, mean "read again". */
function watchRecipients(
  { EventType: { RecipientsChanged } }: typeof Office,
  item: ComposeItem,
  { call, listener }: Watching,
): () => void {
  call<void>((done) => item.addHandlerAsync?.(RecipientsChanged, listener, done)).catch(() => {})
  window.addEventListener('focus', listener)
  return () => {
    window.removeEventListener('focus', listener)
    item.removeHandlerAsync?.(RecipientsChanged)
  }
}
