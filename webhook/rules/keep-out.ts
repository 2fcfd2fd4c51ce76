import type { LedgerEntry } from '../../models/ledger-entry.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { KeepOutRequest, KeptOut } from '../../models/wire/pane/keep-out.ts'
import { MOST_KEPT_OUT, type MailboxRules } from '../../models/wire/rules.ts'
import type { Person } from '../crm/ports.ts'
import { BadRequestError, ChangedMeanwhileError, NotFoundError } from '../errors.ts'
import { mailboxOf, type LedgerParts } from '../pane/message-state.ts'
import type { Providers } from '../provider/provider.ts'
import type { LedgerStore } from '../store/ledger-store.ts'
import { reopen, type AgainParts } from './decide-again.ts'
import type { RuleDesk } from './desk.ts'
import { inTime, type OwnCopies } from './own-copy.ts'

export type KeepOutParts = Pick<LedgerParts, 'mailboxes'> &
  Omit<AgainParts, 'ledger'> & {
    ledger: LedgerStore
    copies: Pick<OwnCopies, 'find'>
    ruleDesk: Pick<RuleDesk, 'ofMailbox' | 'saveMailbox'>
    providers: Providers
  }

/** Who changes the rules at the same moment is the same person elsewhere: more than so often is no accident. */
const TRIES = 3

/** The rule holds by then, so whoever waits no longer loses nothing but time: what is left is taken out by applying it. */
const LISTED_WITHIN_MS = 20_000

/**
 * A person's word that a conversation of their own mailbox stays out of the CRM: a rule of that mailbox, with versions,
 * a dry run and undo as all have. It takes out what this mailbox brought in; colleagues' copies are theirs.
 */
export class KeepOut {
  constructor(private readonly parts: KeepOutParts) {}

  /**
   * The rule is saved first, so that whatever comes from then on is decided by it; then what is accounted for is decided
   * anew. Repeating it changes nothing. Throws a NotFoundError where the mailbox is not connected or lacks the message.
   */
  async set(person: Person, { keepOut, ...key }: KeepOutRequest): Promise<KeptOut> {
    const mailbox = await mailboxOf(this.parts, person, key.mailboxAddress)
    const copy = mailbox && (await this.parts.copies.find(mailbox, key))
    const conversationId = copy?.message.conversationId ?? null
    if (!mailbox || conversationId === null) throw new NotFoundError(NOT_THERE)
    await this.save(person, mailbox, (was) => changed(was, { conversationId, keepOut }))
    const concerned = (await this.accountsOf(mailbox, conversationId)).filter(
      ({ state, reason }) => state !== 'gone' && (reason === KEPT_OUT) !== keepOut,
    )
    await reopen(this.parts, concerned, { kind: 'seen', via: 'hand', reason: null })
    return { keptOut: keepOut, concerned: concerned.length }
  }

  private async save(
    person: Person,
    mailbox: Mailbox,
    change: (was: readonly string[]) => string[] | null,
  ): Promise<void> {
    const { ruleDesk } = this.parts
    for (let left = TRIES; ; left--) {
      const { version, rules } = await ruleDesk.ofMailbox(mailbox)
      const keptOut = change(rules.keptOut)
      if (keptOut === null) return
      const next: MailboxRules = { ...rules, keptOut }
      try {
        await ruleDesk.saveMailbox({ person, mailbox }, version, { rules: next })
        return
      } catch (error) {
        if (!(error instanceof ChangedMeanwhileError) || left === 1) throw error
      }
    }
  }

  /** Of what the mailbox names as this conversation's; when it does not answer in time, of what it named until then. */
  private async accountsOf(mailbox: Mailbox, conversationId: string): Promise<LedgerEntry[]> {
    const { providers, ledger, clock } = this.parts
    const ids: string[] = []
    const list = async (signal: AbortSignal) => {
      for await (const page of providers.forMailbox(mailbox).conversation(conversationId, signal))
        ids.push(...page)
    }
    await inTime(clock, list, LISTED_WITHIN_MS)
    return [...(await ledger.known(mailbox._id, ids)).values()]
  }
}

const KEPT_OUT = 'conversation-kept-out'

const NOT_THERE =
  'FlowCRM does not find this message in your mailbox. Connect the mailbox in FlowCRM, or try again in a minute.'

/** Null: nothing changes. Pure. */
function changed(
  was: readonly string[],
  { conversationId, keepOut }: { conversationId: string; keepOut: boolean },
): string[] | null {
  if (was.includes(conversationId) === keepOut) return null
  if (!keepOut) return was.filter((each) => each !== conversationId)
  if (was.length < MOST_KEPT_OUT) return [...was, conversationId]
  throw new BadRequestError(
    `Your mailbox keeps ${MOST_KEPT_OUT} conversations out. Let one of them in again first.`,
    [],
  )
}
