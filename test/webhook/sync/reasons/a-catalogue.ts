import type { z } from 'zod'
import type { MailboxRules, WorkspaceRules } from '../../../../models/wire/rules.ts'
import type { MessageChange } from '../../../../webhook/provider/provider.ts'
import { planOf } from '../../../../webhook/limits/plans.ts'
import { PlanRoom } from '../../../../webhook/limits/room.ts'
import { UsageStore } from '../../../../webhook/limits/usage-store.ts'
import { catalogued } from '../../../../webhook/sync/decide/reasons.ts'
import { judge, type Brought, type Court } from '../../../../webhook/sync/page/judge.ts'
import { applyIn } from '../../../../webhook/sync/pass.ts'
import type { RunContext } from '../../../../webhook/sync/run-folder.ts'
import { ALICE, aMessage } from '../../../support/builders.ts'
import { anEndingMailbox } from '../../ending/an-ending-mailbox.ts'
import { untilTheEnd } from '../../provider/graph/graphs.ts'
import { mimeOf, type Letter } from '../../rules/a-ruled-mailbox.ts'

type Chosen = { own?: z.input<typeof MailboxRules>; policy?: z.input<typeof WorkspaceRules> }

const STATES = { exclude: 'excluded', fail: 'failed', wait: 'pending', store: 'stored' }

/** Alice's mailbox with all that can befall a message in it. Answers are of the form "excluded draft". */
export async function aCatalogue() {
  const box = await anEndingMailbox()
  const inbox = await box.watch('inbox')
  await box.work()
  let letters = 0

  const told = async (messageId: string): Promise<string> => {
    const entry = await box.ledger.byMessageId(box.mailbox._id, messageId)
    return entry ? `${entry.state} ${catalogued(entry.reason)}` : 'unknown'
  }
  /** A message that no pass has seen yet. */
  const bring = async (letter: Letter & { receivedAt?: Date; mime?: Uint8Array } = {}) => {
    const { receivedAt, categories, isDraft, folder, mime = mimeOf(letter, ++letters) } = letter
    const { immutableId } = await box.graph.mailboxes.deliver(ALICE, {
      mime,
      ...(receivedAt && { receivedAt }),
      ...(categories && { categories }),
      ...(isDraft && { isDraft, folder: 'inbox' }),
      ...(folder && { folder }),
    })
    return immutableId
  }
  const sync = async (over: Partial<RunContext> = {}) => {
    await box.queue.ring([inbox])
    await box.clock.advance(2_000)
    await box.work(over)
  }
  const arrive = async (letter: Parameters<typeof bring>[0] = {}, over?: Partial<RunContext>) => {
    const messageId = await bring(letter)
    await sync(over)
    return messageId
  }
  return {
    ...{ box, inbox, told, bring, sync, arrive },
    /** What becomes of a letter that arrives while these rules hold. */
    under: async ({ own, policy }: Chosen, letter: Parameters<typeof bring>[0] = {}) => {
      if (own) await box.own(own)
      if (policy) await box.policy(policy)
      const answer = await told(await arrive(letter))
      if (own) await box.own({})
      if (policy) await box.policy({})
      return answer
    },
    /** A page of these changes in the Inbox. */
    page: async (...changes: MessageChange[]) => {
      await box.queue.ring([inbox])
      await box.clock.advance(2_000)
      const { folder, lease } = (await box.queue.claim())!
      const pass = { folder, lease, mailbox: box.mailbox }
      try {
        await applyIn(box.context, pass, { changes, via: 'reconcile', signal: untilTheEnd })
      } finally {
        await box.queue.giveBack(lease)
      }
    },
    /** The verdict on a message there. */
    judged: async (folder: Partial<Court['folder']>, bytes: Brought['bytes']) => {
      const { policies, mailbox } = box
      const rules = await policies.rulesOf(mailbox)
      const court = {
        policies,
        rules,
        mailbox,
        folder: { ...(await box.folder(inbox)), ...folder },
      }
      const [one] = await judge(court, [{ message: aMessage(), was: undefined, bytes }])
      const { verdict } = one!
      return 'reason' in verdict ? `${STATES[verdict.kind]} ${verdict.reason}` : verdict.kind
    },
    /** Room for one e-mail, which is taken. */
    fullRoom: async (limit: { emailsPerDay?: number; emailsStored?: number }) => {
      const usages = new UsageStore(box)
      const plan = planOf('enterprise', limit)
      const room = new PlanRoom({ usages, plan, emails: box.sightings, clock: box.clock })
      const { workspaceId } = box.mailbox
      await room.take({ workspaceId, timeZone: 'UTC', at: box.clock.now() }, 1)
      return { room }
    },
    [Symbol.asyncDispose]: () => box[Symbol.asyncDispose](),
  }
}
export type Catalogue = Awaited<ReturnType<typeof aCatalogue>>
