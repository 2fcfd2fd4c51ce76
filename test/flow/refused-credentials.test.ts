import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { CredentialAction } from '../../models/mailbox.ts'
import { folderModel } from '../../models/folder.ts'
import { mailboxModel } from '../../models/mailbox.ts'
import type { Browserless } from '../../sandbox/browserless.ts'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import type { AadstsCode } from '../../sandbox/sign-in/aadsts-table.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { AADSTS_MEANINGS } from '../../webhook/sign-in/decide/aadsts.ts'
import { statusFor } from '../../webhook/sign-in/decide/trouble.ts'
import { recheckBlocked } from '../../webhook/upkeep/recheck-blocked.ts'
import { connectAndWatch, emailsOf, eventually, mailboxOf, startWorld } from '../support/world.ts'

const alice = people.alice.mail
const bob = people.bob.mail
const FOLDERS = ['Inbox', 'Sent Items', 'Archive']

let world: Awaited<ReturnType<typeof startWorld>>
let hers: Browserless
let his: Browserless
let aliceBoxId: string
const delivered: Record<string, number> = { [alice]: 0, [bob]: 0 }
beforeAll(async () => {
  world = await startWorld()
  ;({
    browser: hers,
    mailbox: { id: aliceBoxId },
  } = await connectAndWatch(world, 'alice', FOLDERS))
  ;({ browser: his } = await connectAndWatch(world, 'bob', ['Inbox']))
  await eventually(
    () => mailboxOf(hers),
    ({ light }) => light.colour === 'green',
  )
})
afterAll(() => world[Symbol.asyncDispose]())

const deliver = async (to: string, folder = 'inbox') => {
  const mime = bulkMime((delivered[to] = (delivered[to] ?? 0) + 1), to, new Date())
  await world.graph.mailboxes.deliver(to, { mime, folder })
}
const toAllHerFolders = async () => {
  for (const folder of ['inbox', 'sentitems', 'archive']) await deliver(alice, folder)
  // An expired token ends the announcing as well, so she asks.
  await hers.json(`/api/v1/mailboxes/${aliceBoxId}/sync`, { method: 'POST' })
}
const PATIENCE_MS = 15_000
const isComplete = (browser: Browserless, who: string) =>
  eventually(
    () => emailsOf(browser),
    ({ total }) => total === delivered[who],
    PATIENCE_MS,
  )
/** No folder of hers owes a pass: every bell has been heard, and came to nothing. */
const isQuiet = () =>
  eventually(
    () => folderModel(world.service.context.db).find({ mailboxId: aliceBoxId }).lean(),
    (folders) => folders.every(({ dirtySeq, doneSeq }) => dirtySeq === doneSeq),
    PATIENCE_MS,
  )
/** Whoever had to act has acted. */
const mend = async (status: string) => {
  world.microsoft.issuer.faults.clear()
  if (status === 'reconnect-needed') return hers.visit('/auth/connect', 'alice')
  const { context } = world.service
  await mailboxModel(context.db).updateOne({ _id: aliceBoxId }, { recheckAt: new Date(0) })
  const onMailboxChanged = () => undefined
  return recheckBlocked({ ...context, onMailboxChanged }, new AbortController().signal)
}

/** One for each that must act; every number is tried in test/webhook/sign-in/mail-tokens.test.ts. */
const refusals: [AadstsCode, CredentialAction][] = [
  [700082, 'reconnect'],
  [65001, 'consent'],
  [50105, 'admin'],
  [53003, 'policy'],
  [7000222, 'operator'],
]

describe('a credential that Microsoft refuses', () => {
  it.each(refusals)(
    'by AADSTS%i (%s) stops that mailbox after two calls, says what to do, and goes on when it is mended',
    async (aadsts, action) => {
      const { faults } = world.microsoft.issuer
      const before = faults.struck
      faults.failNext({ grant: 'refresh_token', user: 'alice', aadsts, times: 1_000 })
      world.graph.desk.expireToken(alice)
      await toAllHerFolders()
      const refused = await eventually(
        () => mailboxOf(hers),
        ({ status }) => status !== 'connected',
        PATIENCE_MS,
      )
      const status = statusFor(action)
      expect(refused).toMatchObject({
        status,
        trouble: { action, code: `${aadsts}`, todo: refused.light.todo },
        light: { colour: 'red' },
      })
      expect(refused.light.sentence).toContain(AADSTS_MEANINGS.get(aadsts)?.sentence)

      await isQuiet()
      await toAllHerFolders()
      await isQuiet()
      expect(faults.struck - before).toBeLessThanOrEqual(2)
      await deliver(bob)
      await isComplete(his, bob)
      expect((await mailboxOf(his)).status).toBe('connected')

      await mend(status)
      await isComplete(hers, alice)
      expect(await mailboxOf(hers)).toMatchObject({ status: 'connected', trouble: null })
    },
  )

  it.each<AadstsCode>([90033, 50196])(
    'for a moment, by AADSTS%i, is asked again by itself',
    async (aadsts) => {
      const { faults } = world.microsoft.issuer
      const before = faults.struck
      const isLooping = aadsts === 50196 // waits ten minutes, unless somebody asks
      faults.failNext({ grant: 'refresh_token', user: 'alice', aadsts })
      world.graph.desk.expireToken(alice)
      await toAllHerFolders()
      await eventually(
        async () => faults.struck,
        (struck) => struck > before,
      )
      if (isLooping) await hers.json(`/api/v1/mailboxes/${aliceBoxId}/sync`, { method: 'POST' })
      await isComplete(hers, alice)
      expect(await mailboxOf(hers)).toMatchObject({ status: 'connected', trouble: null })
    },
  )
})
