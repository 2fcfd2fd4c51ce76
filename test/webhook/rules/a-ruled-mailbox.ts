import { ruleSetModel } from '../../../models/rule-set.ts'
import { MailboxRules, WorkspaceRules } from '../../../models/wire/rules.ts'
import type { z } from 'zod'
import { EmailAccess } from '../../../webhook/crm/access/email-access.ts'
import { RuleDesk, type RuleDeskParts } from '../../../webhook/rules/desk.ts'
import { planOf } from '../../../webhook/limits/plans.ts'
import { PlanRoom } from '../../../webhook/limits/room.ts'
import { UsageStore } from '../../../webhook/limits/usage-store.ts'
import { aPerson } from '../../support/builders.ts'
import { aConnectedMailbox } from '../sync/a-mailbox.ts'
import { ALICE } from '../provider/graph/graphs.ts'

export type Letter = {
  from?: string
  to?: string
  cc?: string
  subject?: string
  /** Further header lines. */
  lines?: string[]
  categories?: string[]
  isDraft?: boolean
  folder?: string
}

export const admin = aPerson({ roles: ['member', 'admin'] })
export const alice = aPerson()

export const mimeOf = (letter: Letter, n: number) =>
  Buffer.from(
    [
      `From: ${letter.from ?? 'Carol <carol@customer.example>'}`,
      `To: ${letter.to ?? 'Alice <alice@flow.example>'}`,
      ...(letter.cc ? [`Cc: ${letter.cc}`] : []),
      `Subject: ${letter.subject ?? `Mail ${n}`}`,
      `Message-ID: <mail-${n}@customer.example>`,
      ...(letter.lines ?? []),
      '',
      'Good morning.',
    ].join('\r\n'),
  )

/** Alice's mailbox with a desk for its rules, and an audit log that one can read. */
export async function aRuledMailbox() {
  const box = await aConnectedMailbox()
  const audited: string[] = []
  const plan = planOf('enterprise')
  const usages = new UsageStore(box)
  const room = new PlanRoom({ usages, plan, emails: box.sightings, clock: box.clock })
  const audit = { write: async ({ action }: { action: string }) => void audited.push(action) }
  const access = new EmailAccess(box)
  const deskWith = (over: Partial<RuleDeskParts> = {}) =>
    new RuleDesk({ ...box, access, audit, plan, room, ...over })
  const desk = deskWith()
  let letters = 0
  const deliver = async (letter: Letter = {}, userId = ALICE) => {
    const { categories = [], isDraft = false, folder } = letter
    const delivery = { mime: mimeOf(letter, letters++), categories, isDraft }
    return box.graph.mailboxes.deliver(userId, { ...delivery, ...(folder && { folder }) })
  }
  const versionOf = async (ownerId: string) => ruleSetModel(box.db).countDocuments({ ownerId })
  return {
    ...box,
    ...{ desk, deskWith, access, audited, deliver },
    /** The reason of each message by its subject. */
    reasons: async () => {
      const accounts = await box.accounts()
      return Object.fromEntries(
        accounts.map(({ messageId, state, reason }) => {
          const message = box.graph.mailboxes.findMessage(ALICE, messageId, 'immutable')
          return [message?.subject ?? messageId, `${state} ${reason}`]
        }),
      )
    },
    own: async (rules: z.input<typeof MailboxRules>) =>
      desk.saveMailbox({ person: alice, mailbox: box.mailbox }, await versionOf(box.mailbox._id), {
        rules: MailboxRules.parse(rules),
      }),
    policy: async (rules: z.input<typeof WorkspaceRules>) =>
      desk.saveWorkspace(admin, await versionOf(admin.workspaceId), {
        rules: WorkspaceRules.parse(rules),
      }),
    apply: async () => {
      await desk.applyTo(alice, box.mailbox)
      await box.work()
    },
    [Symbol.asyncDispose]: () => box[Symbol.asyncDispose](),
  }
}
export type RuledMailbox = Awaited<ReturnType<typeof aRuledMailbox>>
