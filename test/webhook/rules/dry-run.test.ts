import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { NEVER } from '../../../models/folder.ts'
import { MailboxRules } from '../../../models/wire/rules.ts'
import { applyIn } from '../../../webhook/sync/pass.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { alice, aRuledMailbox, type RuledMailbox } from './a-ruled-mailbox.ts'

/** A release looks at a thousand; here as many as fit into ten seconds. */
const SETS = Number(process.env['RULE_SETS'] ?? 40)

let box: RuledMailbox
let inbox = ''
beforeAll(async () => {
  box = await aRuledMailbox()
  inbox = await box.watch('inbox')
})
afterAll(() => box[Symbol.asyncDispose]())

describe('rules that are applied', () => {
  it('do exactly what was foretold, whatever they are', async () => {
    const people = [
      'carol@customer.example',
      'dan@customer.example',
      'bob@flow.example',
      'x@lists.example',
    ]
    for (let n = 0; n < 5; n++)
      await box.deliver({
        ...{ subject: `Mail ${n}`, from: people[n % 4] ?? '', cc: people[(n >> 1) % 4] ?? '' },
        lines: n % 3 === 0 ? ['Auto-Submitted: auto-replied'] : [],
        categories: n % 4 === 0 ? ['Later'] : [],
      })
    const { page, desk } = await aShorterWay()
    let sets = 0
    await fc.assert(
      fc.asyncProperty(anyRules(people), async (rules) => {
        const isWhole = ++sets % 25 === 0
        const before = await idsNow()
        const wanted = { rules: MailboxRules.parse(rules), newest: 100 }
        const asked = { person: alice, mailbox: box.mailbox }
        const foretold = await (isWhole ? box.desk : desk).dryRun(asked, wanted, untilTheEnd)
        await box.own(rules)
        await (isWhole ? box.apply() : page())
        const after = await idsNow()
        const told = (...effects: string[]) =>
          foretold.changes.flatMap((one) => (effects.includes(one.effect) ? [one.messageId] : []))
        const brought = [...after].filter((id) => !before.has(id))
        const taken = [...before].filter((id) => !after.has(id))
        expect(told('added').toSorted()).toEqual(brought.toSorted())
        expect(told('removed', 'hidden').toSorted()).toEqual(taken.toSorted())
        expect([foretold.looked, (await box.storedEmails()).length]).toEqual([5, after.size])
      }),
      { numRuns: SETS },
    )
  }, 180_000)
})

/** Without Graph: a pass's way of applying a page, and a desk to which that page was read out. */
async function aShorterWay() {
  await box.ringAndWork(inbox)
  const { providerFolderId } = await box.folder(inbox)
  const all = { providerFolderId, since: new Date(0), atMost: 100 }
  const provider = box.providers.forMailbox(box.mailbox)
  const changes = await provider.newest(all, untilTheEnd)
  const page = async () => {
    await box.queue.soon([inbox])
    const claimed = (await box.queue.claim())!
    const folder = { ...claimed.folder, openBelow: Infinity }
    const pass = { ...claimed, folder, mailbox: box.mailbox }
    await applyIn(box.context, pass, { changes, via: 'delta', signal: untilTheEnd })
    await box.queue.finish(claimed.lease, NEVER)
  }
  const recent = async () => changes
  return {
    page,
    desk: box.deskWith({ providers: { forMailbox: () => ({ ...provider, recent }) } }),
  }
}

function anyRules(people: string[]) {
  const entry = fc.oneof(
    fc.constantFrom(...people).map((value) => ({ of: 'address' as const, value })),
    fc
      .constantFrom('customer.example', 'flow.example', 'example')
      .chain((value) =>
        fc.boolean().map((subdomains) => ({ of: 'domain' as const, value, subdomains })),
      ),
  )
  const choice = <const Value extends string>(...values: Value[]) => fc.constantFrom(...values)
  return fc.record(
    {
      scope: choice('all', 'all', 'all', 'contacts'),
      ...{ automated: choice('store', 'keep-out'), internalOnly: choice('store', 'keep-out') },
      noCrmCategory: choice('No-CRM', 'later'),
      excludedFolders: fc.constantFrom<string[]>([], [], [], [inbox]),
      neverLog: fc.array(
        fc.record({
          kind: choice('any-party', 'all-parties'),
          entries: fc.array(entry, { minLength: 1, maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  )
}

/** Messages of the mailbox that are in the CRM. */
const idsNow = async () =>
  new Set(
    (await box.accounts()).flatMap(({ state, messageId }) =>
      state === 'stored' ? [messageId] : [],
    ),
  )
