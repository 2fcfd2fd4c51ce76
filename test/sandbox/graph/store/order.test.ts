import { describe, expect, it } from '@jest/globals'
import { aMail } from '../support/mail.ts'
import { fill } from '../support/rounds.ts'
import { ADA, startWorld, type World } from '../support/world.ts'

const subjects = async (world: World, url: string) =>
  (await world.get(url)).body.value.map(({ subject }) => subject)

describe('the order of a list', () => {
  it('is by time of receipt, whatever the order of arrival', async () => {
    const world = startWorld()
    for (const hour of ['03', '01', '02']) {
      const receivedAt = new Date(`2026-11-20T${hour}:00:00Z`)
      await world.mailboxes.deliver(ADA, { mime: aMail({ subject: hour }), receivedAt })
      await subjects(world, '/me/messages')
    }
    expect(await subjects(world, '/me/messages')).toEqual(['03', '02', '01'])
  })

  it('shows a mail once that went away and came back between two looks', async () => {
    const world = startWorld()
    const [first] = await fill(world, 3)
    const inbox = '/me/mailFolders/inbox/messages'
    await subjects(world, inbox)
    world.mailboxes.move(ADA, first!.immutableId, 'archive')
    world.mailboxes.move(ADA, first!.immutableId, 'inbox')
    expect(await subjects(world, inbox)).toEqual(['Mail 2', 'Mail 1', 'Mail 0'])
  })

  it('brings a sent draft to the top and leaves nothing where it was', async () => {
    const world = startWorld()
    const mime = aMail({ subject: 'Draft', to: 'grace@customer.test' })
    const draft = await world.mailboxes.deliver(ADA, { mime, isDraft: true })
    await world.clock.advance(60_000)
    await fill(world, 2)
    expect(await subjects(world, '/me/messages')).toEqual(['Mail 1', 'Mail 0', 'Draft'])
    await world.mailboxes.sendDraft(ADA, draft.defaultId)
    expect(await subjects(world, '/me/messages')).toEqual(['Draft', 'Mail 1', 'Mail 0'])
  })
})
