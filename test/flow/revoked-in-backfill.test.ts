import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../models/email.ts'
import { ledgerEntryModel } from '../../models/ledger-entry.ts'
import { Random } from '../../sandbox/random.ts'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { connectAndWatch, eventually, mailboxOf, startWorld } from '../support/world.ts'
import { sized } from '../support/sized.ts'

const { alice } = people
const MAILS = sized(120, 200)
const PAGE = 10

describe('sessions that are revoked in the middle of a backfill', () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  beforeEach(async () => {
    const page = `${PAGE}`
    const sizes = { SYNC_PAGE_SIZE: page, SYNC_PAGE_SIZE_MIN: page, SYNC_PAGE_SIZE_MAX: page }
    world = await startWorld({ environment: sizes })
    for (let n = 0; n < MAILS; n++)
      await world.graph.mailboxes.deliver(alice.mail, {
        mime: () => bulkMime(n, alice.mail, new Date()),
      })
  })
  afterEach(() => world[Symbol.asyncDispose]())

  /** At these pages her refresh token and her access tokens are taken from her. */
  const revokeAt = (pages: Set<number>) => {
    const { dispatcher, desk } = world.graph
    const handle = dispatcher.handle.bind(dispatcher)
    let asked = 0
    dispatcher.handle = (incoming) => {
      if (incoming.path.includes('messages/delta') && pages.has(++asked)) {
        world.microsoft.issuer.accounts.revokeSessions(alice)
        desk.expireToken(alice.mail)
      }
      return handle(incoming)
    }
  }

  it.each([1, 2])(
    'cost nothing but the wait: all is there once, whenever she comes back (seed %i)',
    async (seed) => {
      const random = new Random(seed)
      const pages = new Set(Array.from({ length: 3 }, () => 1 + random.between(0, 15)))
      revokeAt(pages)
      const { browser } = await connectAndWatch(world, 'alice', ['Inbox'])
      for (let times = 0; times < pages.size; times++) {
        const { trouble } = await eventually(
          () => mailboxOf(browser),
          ({ status }) => status === 'reconnect-needed',
        )
        expect(trouble).toMatchObject({ action: 'reconnect', code: '50173' })
        await browser.visit('/auth/connect', 'alice')
      }
      await eventually(
        () => mailboxOf(browser),
        ({ light }) => light.colour === 'green',
      )
      const { db } = world.service.context
      expect(await emailModel(db).countDocuments()).toBe(MAILS)
      expect(await ledgerEntryModel(db).countDocuments({ state: 'stored' })).toBe(MAILS)
      // It went on from its cursor: no page but the refused ones was asked for twice.
      const read = world.graph.requests.find({ path: 'delta' }).filter(({ status }) => status < 400)
      expect(read.length).toBeLessThanOrEqual(MAILS / PAGE + 3 + pages.size)
    },
  )
})
