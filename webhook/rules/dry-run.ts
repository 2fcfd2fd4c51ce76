import type { Folder } from '../../models/folder.ts'
import type { LedgerEntry } from '../../models/ledger-entry.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { DryRun } from '../../models/wire/rules.ts'
import type { MailProvider, ProviderMessage, Providers } from '../provider/provider.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { LedgerStore } from '../store/ledger-store.ts'
import type { SightingStore } from '../store/sighting-store.ts'
import { isInCrm, reasonNamed } from '../sync/decide/reasons.ts'
import type { Rules } from '../sync/decide/rules.ts'
import { isLeaving, judge, type Judged } from '../sync/page/judge.ts'
import { sightingKeyOf } from '../store/emails/sighting-key.ts'
import type { Policies } from '../sync/policies.ts'
import { shownTo, type Onlooker, type ShownParts } from './shown.ts'

export type DryRunParts = ShownParts & {
  providers: Providers
  folders: Pick<FolderStore, 'watchedOf'>
  ledger: Pick<LedgerStore, 'known'>
  sightings: Pick<SightingStore, 'keysOf'>
  policies: Policies
}

type Question = Onlooker & { rules: Rules; newest: number }
type Case = Judged<{ message: ProviderMessage; was: LedgerEntry | undefined; bytes: number }>
type Change = { one: Case } & Pick<DryRun['changes'][number], 'effect' | 'reason'>

/**
 * What these rules would make of the newest messages of a mailbox: the verdicts that a pass would reach, held against the
 * ledger. One request for each folder, without texts; how large a message is, only the ledger knows. Room in the plan is
 * not asked for, as that is another question each day.
 */
export async function dryRun(
  parts: DryRunParts,
  question: Question,
  signal: AbortSignal,
): Promise<DryRun> {
  const { mailbox, newest } = question
  const provider = parts.providers.forMailbox(mailbox)
  const folders = (await parts.folders.watchedOf(mailbox._id)).filter(({ deletedAt }) => !deletedAt)
  const all: Case[] = []
  for (const folder of folders)
    all.push(...(await casesIn({ ...parts, provider }, { ...question, folder }, signal)))
  const cases = all
    .toSorted((a, b) => b.message.receivedAt.getTime() - a.message.receivedAt.getTime())
    .slice(0, newest)
  const changes = changesAmong(cases, await othersSeeing(parts, mailbox, cases))
  const shown = await shownTo(
    parts,
    question,
    changes.map(({ one }) => one),
  )
  const count = (effect: Change['effect']) => changes.filter((one) => one.effect === effect).length
  return {
    looked: cases.length,
    ...{ added: count('added'), removed: count('removed'), hidden: count('hidden') },
    reasons: reasonsOf(cases, question.rules),
    changes: changes.map(({ one, ...change }) => ({
      messageId: one.message.messageId,
      receivedAt: one.message.receivedAt.toISOString(),
      ...change,
      ...shown(one),
    })),
  }
}

async function casesIn(
  { provider, ledger, policies }: DryRunParts & { provider: MailProvider },
  { mailbox, rules, newest, folder }: Question & { folder: Folder },
  signal: AbortSignal,
): Promise<Case[]> {
  const { providerFolderId } = folder
  const recent = await provider.recent({ providerFolderId, atMost: newest }, signal)
  const messages = recent.flatMap((one) => (one.kind === 'present' ? [one.message] : []))
  const known = await ledger.known(
    mailbox._id,
    messages.map(({ messageId }) => messageId),
  )
  return judge(
    { policies, rules, mailbox, folder },
    messages.map((message) => {
      const was = known.get(message.messageId)
      return { message, was, bytes: was?.reason === 'too-large' ? Infinity : 0 }
    }),
  )
}

/** E-mails that somebody would still see when all that leaves has left. */
async function othersSeeing(
  { sightings }: Pick<DryRunParts, 'sightings'>,
  { _id: mailboxId }: Mailbox,
  cases: Case[],
): Promise<Set<string>> {
  const leaving = cases.filter(isLeaving)
  const gone = new Set(leaving.map(({ message }) => sightingKeyOf(mailboxId, message.messageId)))
  const seen = await sightings.keysOf(leaving.flatMap(({ was }) => was?.emailId ?? []))
  return new Set(
    [...seen].flatMap(([emailId, keys]) => (keys.some((key) => !gone.has(key)) ? [emailId] : [])),
  )
}

const changesAmong = (cases: Case[], seenByOthers: Set<string>): Change[] =>
  cases.flatMap((one): Change[] => {
    const { was, verdict } = one
    if (verdict.kind === 'store')
      return was && isInCrm(was) ? [] : [{ one, effect: 'added', reason: null }]
    if (!isLeaving(one)) return []
    const effect = seenByOthers.has(was?.emailId ?? '') ? 'hidden' : 'removed'
    return [{ one, effect, reason: verdict.reason }]
  })

function reasonsOf(cases: Case[], { neverLog }: Rules): DryRun['reasons'] {
  const counts = new Map<string, number>()
  for (const { verdict } of cases)
    if (verdict.kind !== 'store') counts.set(verdict.reason, (counts.get(verdict.reason) ?? 0) + 1)
  return [...counts]
    .map(([reason, messages]) => {
      const rule = neverLog.find(({ id }) => reason === `rule:${id}`)
      return {
        ...{ reason, messages, sentence: reasonNamed(reason)?.sentence ?? reason },
        rule: rule ? { ...rule, entries: [...rule.entries] } : null,
      }
    })
    .toSorted((a, b) => b.messages - a.messages)
}
