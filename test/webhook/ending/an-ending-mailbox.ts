import { ledgerEntryModel } from '../../../models/ledger-entry.ts'
import type { Mailbox } from '../../../models/mailbox.ts'
import { AuditLog } from '../../../webhook/audit/audit-log.ts'
import { AuditStore } from '../../../webhook/audit/audit-store.ts'
import { Mailboxes } from '../../../webhook/crm/mailbox-desk.ts'
import { DAY, MINUTE } from '../../../webhook/duration.ts'
import { openEnding, type EndingParts } from '../../../webhook/ending/open-ending.ts'
import type { MailTokens } from '../../../webhook/sign-in/tokens/mail-tokens.ts'
import { StatementSigner } from '../../../webhook/statement/statement-signer.ts'
import { TokenCacheStore } from '../../../webhook/store/sign-in/token-cache-store.ts'
import { WorkspaceKeyStore } from '../../../webhook/store/workspace-key-store.ts'
import { ALICE, aNewMailbox, BOB } from '../../support/builders.ts'
import { ROOT_KEY } from '../../support/keys.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { aRuledMailbox, mimeOf, type Letter } from '../rules/a-ruled-mailbox.ts'

/** Alice's and Bob's mailboxes on the twin, and everything that ends something; chores are done when they are told to be. */
export async function anEndingMailbox() {
  const box = await aRuledMailbox()
  const { db, clock, vault, mailbox } = box
  const audits = new AuditStore(db)
  const audit = new AuditLog({ audits, vault, clock })
  const tokenCaches = new TokenCacheStore(box)
  const signer = new StatementSigner(ROOT_KEY)
  const forgotten: string[] = []
  const mailTokens = {
    forget: ({ providerUserId }: { providerUserId: string }) => void forgotten.push(providerUserId),
  } as unknown as MailTokens
  const parts: EndingParts = {
    ...{ ...box, audit, tokenCaches, mailTokens, signer },
    workspaceKeys: new WorkspaceKeyStore(db),
    onMailboxChanged: () => undefined,
  }
  const ending = openEnding(parts)
  const bobs = await box.mailboxes.connect(
    aNewMailbox({
      ...{ providerUserId: BOB, ownerUserId: BOB, address: 'bob@flow.example' },
      homeAccountId: `${BOB}.${mailbox.workspaceId}`,
    }),
  )
  const mailboxDesk = new Mailboxes({ ...box, reconcileMs: DAY })
  const again = (_id: string) => box.mailboxes.find(_id)
  const watchIn = ({ _id, workspaceId, providerUserId }: Mailbox, name = 'inbox') => {
    const { id, displayName } = box.graph.mailboxes.folder(providerUserId, name)
    const of = { workspaceId, mailboxId: _id, providerFolderId: id, displayName }
    return box.folders.watch({ ...of, totalItemCount: 0 }, clock.now())
  }
  const chores = async (signal = untilTheEnd, of = ending) => {
    for (const chore of of.chores) await chore(signal)
  }
  let shared = 0
  return {
    ...box,
    ...{ parts, ending, bobs, audit, audits, tokenCaches, signer, forgotten, mailboxDesk },
    ...{ watchIn, chores },
    alices: async () => (await again(mailbox._id))!,
    /** The same message into both mailboxes. */
    deliverToBoth: async (letter: Letter) => {
      const n = 1_000 + shared++
      const mime = () => mimeOf(letter, n)
      await box.graph.mailboxes.deliver(ALICE, { mime })
      await box.graph.mailboxes.deliver(BOB, { mime })
    },
    disconnect: async (mail: 'keep' | 'remove' = 'keep', of = mailbox) =>
      ending.desk.disconnect(
        { workspaceId: of.workspaceId, userId: of.ownerUserId, displayName: '', roles: ['member'] },
        of,
        mail,
      ),
    /** So many minutes before each round of chores; by itself, long enough for everything to come to rest. */
    settle: async (minutes: readonly number[] = [0, 11, 1, 1], of = ending) => {
      for (const pause of minutes) {
        await clock.advance(pause * MINUTE)
        await chores(untilTheEnd, of)
      }
    },
    reconnect: () =>
      mailboxDesk.connectDelegated({
        ...{ workspaceId: mailbox.workspaceId, userId: ALICE, displayName: 'Alice' },
        ...{ roles: ['member'], address: 'alice@flow.example' },
        homeAccountId: mailbox.homeAccountId ?? '',
      }),
    /** How many accounts of a mailbox say what. */
    told: async (mailboxId: string) => {
      const all = await ledgerEntryModel(db).find({ mailboxId }).lean()
      const counts: Record<string, number> = {}
      for (const { state, reason } of all)
        counts[`${state} ${reason}`] = (counts[`${state} ${reason}`] ?? 0) + 1
      return counts
    },
    [Symbol.asyncDispose]: () => box[Symbol.asyncDispose](),
  }
}
export type EndingMailbox = Awaited<ReturnType<typeof anEndingMailbox>>
