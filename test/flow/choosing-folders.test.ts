import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { FolderChoices } from '../../models/wire/mailbox.ts'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import {
  connectAndWatch,
  emailsOf,
  eventually,
  mailboxOf,
  startWorld,
  watch,
} from '../support/world.ts'

const alice = people.alice.mail

describe('choosing folders', () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  let delivered = 0
  beforeEach(async () => {
    world = await startWorld()
    delivered = 0
  })
  afterEach(() => world[Symbol.asyncDispose]())

  const deliver = (folder = 'inbox') =>
    world.graph.mailboxes.deliver(alice, { mime: bulkMime(delivered++, alice, new Date()), folder })
  const watchedResources = () => world.graph.subscriptions.all().map(({ resource }) => resource)
  const isGreen = (browser: Parameters<typeof mailboxOf>[0]) =>
    eventually(
      () => mailboxOf(browser),
      ({ light }) => light.colour === 'green',
    )

  it('suggests Inbox and Sent Items, and shows folders in folders', async () => {
    const { folders } = world.graph.mailboxes.open(alice)
    const inbox = world.graph.mailboxes.folder(alice, 'inbox')
    folders.add({ displayName: 'Projects', parent: inbox, isHidden: false })
    const { browser, mailbox } = await connectAndWatch(world, 'alice', ['Inbox'])
    const tree = await browser.json<FolderChoices>(`/api/v1/mailboxes/${mailbox.id}/folders`)
    expect(
      tree.folders.filter(({ suggested }) => suggested).map(({ displayName }) => displayName),
    ).toEqual(['Inbox', 'Sent Items'])
    expect(tree.folders).toContainEqual(
      expect.objectContaining({ displayName: 'Projects', depth: 1 }),
    )
    expect(
      tree.folders.filter(({ watched }) => watched).map(({ displayName }) => displayName),
    ).toEqual(['Inbox'])
  })

  it('ends the subscription of a folder that is no longer watched, and its mail stays out', async () => {
    await deliver()
    const { browser, mailbox } = await connectAndWatch(world, 'alice', ['Inbox', 'Archive'])
    await isGreen(browser)
    expect(watchedResources()).toHaveLength(2)

    await watch(browser, mailbox.id, ['Archive'])
    expect(watchedResources()).toHaveLength(1)
    await deliver('inbox')
    await deliver('archive')
    await eventually(
      () => emailsOf(browser),
      ({ total }) => total === 2,
    )
  })

  it('goes on from its place when a folder is watched again', async () => {
    await deliver()
    const { browser, mailbox } = await connectAndWatch(world, 'alice', ['Inbox'])
    await isGreen(browser)
    await watch(browser, mailbox.id, [])
    await deliver()
    world.graph.requests.clear()
    await watch(browser, mailbox.id, ['Inbox'])
    await eventually(
      () => emailsOf(browser),
      ({ total }) => total === 2,
    )
    const [first] = world.graph.requests.find({ path: '/messages/delta' })
    expect(first?.path).toMatch(/deltatoken/i)
  })

  it('refuses a folder that the mailbox does not have, and names the field', async () => {
    const { browser, mailbox } = await connectAndWatch(world, 'alice', ['Inbox'])
    const choose = browser.json(`/api/v1/mailboxes/${mailbox.id}/folders`, {
      method: 'PUT',
      body: { watched: ['no-such-folder'] },
    })
    await expect(choose).rejects.toThrow(/400.*"path":"watched"/)
    expect((await mailboxOf(browser)).folders).toHaveLength(1)
  })

  it("does not find somebody else's mailbox, as if there were none", async () => {
    const { mailbox } = await connectAndWatch(world, 'alice', ['Inbox'])
    const bob = await world.signIn('bob')
    for (const id of [mailbox.id, 'none-at-all'])
      await expect(bob.json(`/api/v1/mailboxes/${id}/folders`)).rejects.toThrow(
        /404.*no such mailbox/,
      )
    expect((await emailsOf(bob)).total).toBe(0)
  })
})
