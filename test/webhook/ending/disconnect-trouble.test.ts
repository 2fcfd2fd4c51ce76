import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { MINUTE } from '../../../webhook/duration.ts'
import { Disconnections } from '../../../webhook/ending/disconnect/disconnections.ts'
import { ClosedAccounts } from '../../../webhook/ending/disconnect/closed-accounts.ts'
import { DisconnectionStore } from '../../../webhook/ending/disconnect/disconnection-store.ts'
import { ForgottenTokens } from '../../../webhook/ending/disconnect/forgotten-tokens.ts'
import { LeftEmails } from '../../../webhook/ending/disconnect/left-emails.ts'
import { openEnding } from '../../../webhook/ending/open-ending.ts'
import { ProviderError } from '../../../webhook/errors.ts'
import { ALICE, aNewMailbox } from '../../support/builders.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { subscriptionsFor } from '../subscriptions/subscriptions-for.ts'
import { KEPT, REMOVED, twoMailboxes, type TwoMailboxes } from './two-mailboxes.ts'

let box: TwoMailboxes
beforeEach(async () => {
  box = await twoMailboxes()
})
afterEach(() => box[Symbol.asyncDispose]())

describe('a provider that does not end what rings', () => {
  it('is asked for ten minutes; then the rest is forgotten, and notifications of it are nobody’s', async () => {
    const refusal = new ProviderError('reconnect-needed', 'after-reconnect', 'No.')
    const refusing = { unsubscribe: () => Promise.reject(refusal) }
    const providers = { forMailbox: () => refusing as never }
    const subscriptions = subscriptionsFor({ ...box, providers })
    const ending = openEnding({ ...box.parts, subscriptions })
    const [record] = await box.subscriptionStore.ofMailbox(box.mailbox._id)
    await box.disconnect()
    await box.settle([0, 4, 5], ending)
    expect(await box.subscriptionStore.ofMailbox(box.mailbox._id)).toHaveLength(1)
    expect((await box.alices()).ending).not.toBeNull()
    await box.settle([2, 1], ending)
    expect(await box.subscriptionStore.findMany([record!._id])).toEqual([])
    expect((await box.alices()).ending).toBeNull()
  })
})

describe('what lets us in', () => {
  const partition = () => box.mailbox.homeAccountId!
  const isKept = async (name: string) => (await box.tokenCaches.versionOf(name)) !== null

  it('is forgotten when all has come to rest', async () => {
    await box.tokenCaches.save(partition(), 'tokens', 0)
    await box.disconnect()
    await box.settle([0, 4, 5])
    expect(await isKept(partition())).toBe(true)
    await box.settle([2, 1])
    expect([await isKept(partition()), box.forgotten]).toEqual([false, [ALICE]])
  })

  it('stays when somebody has just brought it anew', async () => {
    await box.tokenCaches.save(partition(), 'tokens', 0)
    await box.disconnect()
    await box.settle([0, 4, 5])
    await box.tokenCaches.save(partition(), 'new tokens', 1) // they are about to connect it again
    await box.chores()
    expect(await isKept(partition())).toBe(true)
    await box.reconnect()
    await box.settle()
    expect((await box.tokenCaches.find(partition()))?.text).toBe('new tokens')
  })

  it('stays while another mailbox is read with it', async () => {
    const app = { authMode: 'app' as const, homeAccountId: null }
    const [one, other] = await Promise.all(
      ['sales', 'support'].map((name) =>
        box.mailboxes.connect(
          aNewMailbox({ ...app, providerUserId: name, address: `${name}@flow.example` }),
        ),
      ),
    )
    const shared = `app.${box.mailbox.workspaceId}`
    await box.tokenCaches.save(shared, 'tokens', 0)
    await box.disconnect('keep', one)
    await box.settle()
    expect(await isKept(shared)).toBe(true)
    await box.disconnect('keep', other)
    await box.settle()
    expect(await isKept(shared)).toBe(false)
  })
})

describe('an instance that dies while it puts a mailbox away', () => {
  /** All that it asks of the stores counts; at the n-th question it dies, before or after that was done. */
  function dyingAt(n: number): Disconnections {
    let asked = 0
    const mortal = <T extends object>(store: T): T =>
      new Proxy(store, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name)
          if (typeof value !== 'function') return value
          return async (...args: unknown[]) => {
            const isLast = ++asked === n
            if (isLast && n % 2) throw new Error('killed')
            const result: unknown = await value.apply(target, args)
            if (isLast) throw new Error('killed')
            return result
          }
        },
      })
    const { db } = box
    const disconnections = new DisconnectionStore(db)
    return new Disconnections({
      ...{ ...box.parts, disconnections: mortal(disconnections) },
      accounts: mortal(new ClosedAccounts(db)),
      leftEmails: mortal(new LeftEmails(db)),
      tokens: mortal(new ForgottenTokens({ ...box.parts, disconnections })),
      subscriptions: mortal(box.subscriptions),
      sightings: mortal(box.sightings),
      attachmentQueue: mortal(box.attachmentQueue),
      room: mortal(box.room),
    })
  }

  it.each(['keep', 'remove'] as const)(
    'leaves nothing half done, wherever that is (%s)',
    async (mail) => {
      await box.disconnect(mail)
      let kills = 0
      for (let n = 1; n <= 40; n++) {
        await dyingAt(n)
          .carryOnDue(untilTheEnd)
          .catch(() => kills++)
        await box.clock.advance(3 * MINUTE)
      }
      expect(kills).toBeGreaterThan(5)
      await box.settle()
      expect((await box.alices()).ending).toBeNull()
      expect(await box.told(box.mailbox._id)).toEqual({ 'gone mailbox-disconnected': 5 })
      expect(await box.seen()).toEqual(mail === 'keep' ? KEPT : REMOVED)
      expect(box.rings()).toBe(1)
    },
  )
})
