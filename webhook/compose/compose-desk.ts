import type { Look } from '../../models/wire/pane/look.ts'
import type {
  Choice,
  ChoiceRequest,
  Compose,
  ComposeRequest,
} from '../../models/wire/pane/compose.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { Clock } from '../clock.ts'
import { normaliseAddress } from '../crm/decide/addresses.ts'
import type { EmailAccess } from '../crm/access/email-access.ts'
import type { Person } from '../crm/ports.ts'
import { NotFoundError } from '../errors.ts'
import { mailboxOf, mailboxState, type LedgerParts } from '../pane/message-state.ts'
import { newestOf, type NewestParts } from '../pane/newest.ts'
import { peopleIn, type PeopleParts } from '../pane/people-in.ts'
import type { RuleBook } from '../rules/rule-book.ts'
import type { ChoiceStore } from '../store/compose/choice-store.ts'
import { forecastOf, type ForecastParts } from './forecast.ts'
import { SentFolders, type SentFolderParts } from './sent-folders.ts'

export type ComposeDeskParts = PeopleParts &
  NewestParts &
  ForecastParts &
  SentFolderParts &
  Pick<LedgerParts, 'mailboxes'> & {
    policies: Pick<RuleBook, 'workspaceRules'>
    access: Pick<EmailAccess, 'onlooker'>
    choices: ChoiceStore
    audit: Audit
    clock: Clock
  }

/** Of so many recipients the last e-mail is told; who writes to more does not read them one by one. */
const MOST_LAST = 5

/** Beside a message that is being written: whom it is to, whether it will be logged, and what was chosen for it. */
export class ComposeDesk {
  private readonly sentFolders: SentFolders

  constructor(private readonly parts: ComposeDeskParts) {
    this.sentFolders = new SentFolders(parts)
  }

  async look(person: Person, request: ComposeRequest): Promise<Compose> {
    const mailbox = await mailboxOf(this.parts, person, request.mailboxAddress)
    const [people, forecast, choice, dropBox, sent] = await Promise.all([
      peopleIn(this.parts, person, { request: { ...request, from: null }, seen: null }),
      forecastOf(this.parts, person, { request, mailbox }),
      this.choice(person, request.choiceId),
      this.dropBox(person),
      this.sentFolders.state(mailbox),
    ])
    const contacts = await this.withLast(person, people.contacts)
    return {
      ...{ mailbox: mailboxState(mailbox), sent },
      ...{ contacts, strangers: people.strangers, forecast, choice, dropBox },
    }
  }

  /** Durable when it resolves. Throws a NotFoundError when a colleague chose by that id. */
  async choose(person: Person, { id, mailboxAddress, ...choice }: ChoiceRequest): Promise<Choice> {
    const { vault, choices, audit, clock } = this.parts
    const { workspaceId, userId } = person
    const { blind } = await vault.of(workspaceId)
    const mailboxKey = blind('address', normaliseAddress(mailboxAddress) ?? mailboxAddress)
    const { log, track } = choice
    await audit.write({
      ...{ workspaceId, who: actorOf(person), action: 'sending-chosen', details: { log, track } },
      object: { kind: 'choice', id },
    })
    const of = { workspaceId, userId, mailboxKey, at: clock.now() }
    if (!(await choices.put({ id, ...of, ...choice }))) throw new NotFoundError()
    return choice
  }

  /** Somebody else's, as in a draft that is shared, is theirs. */
  private async choice({ workspaceId, userId }: Person, id: string | null): Promise<Choice | null> {
    const found = (await this.parts.choices.of(workspaceId, id === null ? [] : [id])).get(id ?? '')
    if (found?.userId !== userId) return null
    const { log, track, copied } = found
    return { log, track, copied }
  }

  private async dropBox({ workspaceId }: Person): Promise<string | null> {
    const { dropBox } = (await this.parts.policies.workspaceRules(workspaceId)).rules
    return dropBox?.byItself ? dropBox.address : null
  }

  /** Whose mail is shown is written down first: in one line, as one waits for another. */
  private async withLast(person: Person, people: Look['contacts']): Promise<Compose['contacts']> {
    const onlooker = await this.parts.access.onlooker(person)
    const lasts = await Promise.all(
      people
        .slice(0, MOST_LAST)
        .map(({ contact }) => newestOf(this.parts, onlooker, { contactId: contact.id })),
    )
    const contacts = people.map((one, at) => ({ ...one, last: lasts[at]?.emails[0] ?? null }))
    const shown = contacts.filter(({ last }) => last !== null).map(({ contact }) => contact.id)
    const [first] = shown
    if (first !== undefined)
      await this.parts.audit.write({
        ...{ workspaceId: person.workspaceId, who: actorOf(person), action: 'emails-listed' },
        object: { kind: 'contact', id: first },
        details: { count: shown.length, contacts: shown },
      })
    return contacts
  }
}
