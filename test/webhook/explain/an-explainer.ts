import { expect } from '@jest/globals'
import type { LedgerEvent } from '../../../models/ledger-entry.ts'
import { Explanation, type ExplainQuestion } from '../../../models/wire/explain.ts'
import { Explainer } from '../../../webhook/explain/explainer.ts'
import type { Account } from '../../../webhook/store/ledger-store.ts'
import { aFolderToWatch, anAccount, aNewMailbox, NOW } from '../../support/builders.ts'
import { ALICE, aMime, aTwin, untilTheEnd } from '../provider/graph/graphs.ts'
import { openStores } from '../store/open-stores.ts'

export type AnExplainer = Awaited<ReturnType<typeof anExplainer>>

/** Alice's mailbox on the Graph twin, its Inbox watched, a ledger to write into, and who explains. */
export async function anExplainer() {
  const stores = await openStores()
  const twin = await aTwin({}, stores.clock)
  const mailbox = await stores.mailboxes.connect(aNewMailbox())
  const { _id: mailboxId } = mailbox
  const inbox = await stores.folders.watch(
    aFolderToWatch({ mailboxId, providerFolderId: twin.folderId('inbox'), displayName: 'Inbox' }),
    NOW,
  )
  const explainer = new Explainer({ ...stores, providers: twin.providers })
  const { blind } = await stores.vault.of(mailbox.workspaceId)
  return {
    ...{ stores, twin, mailbox, inbox, blind },
    explain: async (question: ExplainQuestion, of = mailbox) => {
      const explanation = await explainer.explain(of, question, untilTheEnd)
      expect(Explanation.parse(explanation)).toEqual(explanation) // nothing is said that the wire does not carry
      return explanation
    },
    account: async (over: Partial<Account> = {}, events: LedgerEvent[] = []): Promise<void> => {
      const account = anAccount({ mailboxId, folderId: inbox, ...over })
      await stores.ledger.write([{ was: null, account, events, at: NOW }])
    },
    deliver: (folder: string, subject = 'Offer') =>
      twin.graph.mailboxes.deliver(ALICE, { folder, mime: aMime(subject) }),
    async [Symbol.asyncDispose]() {
      await twin[Symbol.asyncDispose]()
      await stores[Symbol.asyncDispose]()
    },
  }
}
