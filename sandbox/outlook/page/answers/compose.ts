import type { Person } from '../../outlook-mail.ts'
import type { Draft } from '../draft.ts'
import { emailDetails } from '../office/common-shape.ts'
import { toEwsId } from '../office/ids.ts'
import { people, type Answers, type Asked, type Scene, type Value } from './asked.ts'
import { textOf } from './read.ts'
import { Refusal } from './refusal.ts'

type Field = 'to' | 'cc' | 'bcc'
type Compose = Office.MessageCompose
type RecipientsTold = {
  [Method in `${Field}.getAsync`]: Value<Office.Recipients['getAsync']>
} & { [Method in `${Field}.${'setAsync' | 'addAsync'}`]: void }
type Told = RecipientsTold & {
  'body.getAsync': Value<Office.Body['getAsync']>
  'body.setAsync': void
  'body.prependAsync': void
  'body.setSelectedDataAsync': void
  'body.setSignatureAsync': void
  'categories.getAsync': Value<Office.Categories['getAsync']>
  disableClientSignatureAsync: void
  'from.getAsync': Value<Office.From['getAsync']>
  getAttachmentsAsync: Value<Compose['getAttachmentsAsync']>
  getComposeTypeAsync: { composeType: string; coercionType: string }
  getItemIdAsync: Value<Compose['getItemIdAsync']>
  'internetHeaders.getAsync': Value<Office.InternetHeaders['getAsync']>
  'internetHeaders.setAsync': void
  'internetHeaders.removeAsync': void
  saveAsync: Value<Compose['saveAsync']>
  'sensitivityLabel.getAsync': string
  'sensitivityLabel.setAsync': void
  'sessionData.getAsync': Value<Office.SessionData['getAsync']>
  'sessionData.setAsync': void
  'subject.getAsync': Value<Office.Subject['getAsync']>
  'subject.setAsync': void
}
type Subject = { kind: 'draft'; draft: Draft }

/** outlook-addin 2.8. */
const MAX_SUBJECT = 255
const MAX_RECIPIENTS_A_CALL = 100
const MAX_BODY_CHARS = 1_000_000
const MAX_SIGNATURE_CHARS = 30_000
const MAX_SESSION_CHARS = 50_000

/** What can be asked and changed of a message being written. */
export const composeAnswers: Answers<Subject, Told> = {
  ...recipientAnswers('to'),
  ...recipientAnswers('cc'),
  ...recipientAnswers('bcc'),
  'body.getAsync': ({ open: { draft }, args: [coercion] }) =>
    coercion === 'text' ? textOf(draft.fields.bodyHtml) : draft.fields.bodyHtml,
  'body.setAsync': (asked) => write(asked, (_there, more) => more),
  'body.prependAsync': (asked) => write(asked, (there, more) => more + there),
  'body.setSelectedDataAsync': (asked) => write(asked, (there, more) => there + more),
  'body.setSignatureAsync': (asked) => {
    if (String(asked.args[0]).length > MAX_SIGNATURE_CHARS)
      throw new Refusal('InvalidParameterValueError')
    write(asked, (there, more) => there + more)
  },
  'categories.getAsync': ({ scene }) => {
    // Not to be had on the web while a message is written (outlook-addin 2.2).
    if (scene.client.platform === 'OfficeOnline') throw new Refusal('OperationNotSupported')
    return []
  },
  disableClientSignatureAsync: () => undefined,
  'from.getAsync': ({ scene: { user } }) =>
    emailDetails({ name: user.displayName, address: user.address }),
  getAttachmentsAsync: ({ open: { draft } }) =>
    draft.attachments.map(({ id, name, size, isInline, kind }) => ({
      ...{ id, name, size, isInline, attachmentType: kind },
      ...{ isServiceAccessible: true, url: '', contentId: '' },
    })),
  getComposeTypeAsync: ({ open: { draft } }) => ({
    composeType: draft.composeType,
    coercionType: 'html',
  }),
  getItemIdAsync: ({ open: { draft }, scene }) => {
    if (draft.id === null) throw new Refusal('ItemNotSaved')
    return idFor(draft.id, scene)
  },
  'internetHeaders.getAsync': ({ open: { draft }, args }) => {
    const wanted = strings(args[0]).map((name) => name.toLowerCase())
    const there = Object.entries(draft.fields.headers)
    return Object.fromEntries(there.filter(([name]) => wanted.includes(name.toLowerCase())))
  },
  'internetHeaders.setAsync': ({ open: { draft }, args }) => {
    const more = args[0] as Record<string, string>
    if (!Object.keys(more).every((name) => /^x-/i.test(name)))
      throw new Refusal('InvalidParameterValueError', 'Headers of one’s own begin with x-.')
    draft.set('headers', { ...draft.fields.headers, ...more })
  },
  'internetHeaders.removeAsync': ({ open: { draft }, args }) => {
    const gone = strings(args[0])
    const left = Object.entries(draft.fields.headers).filter(([name]) => !gone.includes(name))
    draft.set('headers', Object.fromEntries(left))
  },
  saveAsync: async ({ open: { draft }, scene }) =>
    idFor(
      await draft.save().catch(() => {
        throw new Refusal('SaveError')
      }),
      scene,
    ),
  'sensitivityLabel.getAsync': ({ open: { draft } }) => draft.sensitivityLabel,
  'sensitivityLabel.setAsync': ({ open: { draft }, args }) =>
    draft.setSensitivityLabel(String(args[0])),
  'sessionData.getAsync': ({ open: { draft }, args }) => {
    const value = draft.session.get(String(args[0]))
    if (value === undefined) throw new Refusal('KeyNotFound')
    return value
  },
  'sessionData.setAsync': ({ open: { draft }, args }) => {
    const all = new Map(draft.session).set(String(args[0]), String(args[1]))
    if (JSON.stringify([...all]).length > MAX_SESSION_CHARS)
      throw new Refusal('SessionObjectMaxLengthExceeded')
    draft.session.set(String(args[0]), String(args[1]))
  },
  'subject.getAsync': ({ open: { draft } }) => draft.fields.subject,
  'subject.setAsync': ({ open: { draft }, args }) => {
    const subject = String(args[0])
    if (subject.length > MAX_SUBJECT) throw new Refusal('InvalidParameterValueError')
    draft.set('subject', subject)
  },
}

function recipientAnswers(field: Field): Answers<Subject, RecipientsTold> {
  const change = ({ open: { draft }, args }: Asked<Subject>, before: Person[]) => {
    const more = Array.isArray(args[0]) ? args[0].map(personOf) : []
    if (more.length > MAX_RECIPIENTS_A_CALL) throw new Refusal('NumberOfRecipientsExceeded')
    draft.set(field, [...before, ...more])
  }
  return {
    [`${field}.getAsync`]: ({ open: { draft }, scene }: Asked<Subject>) =>
      people(draft.fields[field], scene).map(emailDetails),
    [`${field}.setAsync`]: (asked: Asked<Subject>) => change(asked, []),
    [`${field}.addAsync`]: (asked: Asked<Subject>) => change(asked, asked.open.draft.fields[field]),
  } as Answers<Subject, RecipientsTold>
}

/** Recipients are given as addresses, or as people with one. */
function personOf(given: unknown): Person {
  if (typeof given === 'string') return { name: '', address: given }
  const { displayName = '', emailAddress = '' } = given as Partial<Office.EmailAddressDetails>
  return { name: displayName, address: emailAddress }
}

function write(
  { open: { draft }, args, options }: Asked<Subject>,
  change: (there: string, more: string) => string,
): void {
  const given = String(args[0])
  if (given.length > MAX_BODY_CHARS) throw new Refusal('InvalidParameterValueError')
  const isHtml = options['coercionType'] === 'html'
  draft.set('bodyHtml', change(draft.fields.bodyHtml, isHtml ? given : htmlOf(given)))
}

export const htmlOf = (text: string) =>
  `<div>${text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '<br>')}</div>`

/** A Graph id as this client gives it: phones leave it as it is (outlook-addin 2.5). */
export const idFor = (id: string, { client }: Pick<Scene, 'client'>): string =>
  client.isPhone ? id : toEwsId(id)

const strings = (given: unknown): string[] => (Array.isArray(given) ? given.map(String) : [])
