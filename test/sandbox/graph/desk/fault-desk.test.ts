import { describe, expect, it } from '@jest/globals'
import { ALICE, aMail, aTwin, BOB } from '../a-twin.ts'

const subjects = ({ twin }: ReturnType<typeof aTwin>, folder: string) =>
  [...twin.mailboxes.open(ALICE).folders.wellKnown(folder).items].length

describe('mail at the fault desk', () => {
  it('delivers a mail that the writer wrote, to a person named by address', async () => {
    const { twin } = aTwin({ compose: (to) => aMail(`For ${to}`) })
    const { immutableId } = await twin.desk.deliver('Alice@Flow.Example')
    expect(twin.mailboxes.findMessage(ALICE, immutableId, 'immutable')?.subject).toBe(
      'For alice@flow.example',
    )
  })

  it('has a writer of its own', async () => {
    const { twin } = aTwin()
    const { immutableId } = await twin.desk.deliver(ALICE)
    expect(twin.mailboxes.findMessage(ALICE, immutableId, 'immutable')).toMatchObject({
      subject: expect.stringMatching(/^About order \d{4}$/),
      from: { emailAddress: { address: 'nora@novak-coffee.test' } },
      receivedDateTime: '2026-11-20T09:00:00Z',
    })
  })

  it('moves, deletes and restores the newest mail', async () => {
    const world = aTwin()
    await world.twin.desk.bulkDeliver(ALICE, 5)
    world.twin.desk.move(ALICE, { to: 'archive' })
    world.twin.desk.delete(ALICE)
    expect(['inbox', 'archive', 'deleteditems'].map((folder) => subjects(world, folder))).toEqual([
      3, 1, 1,
    ])
    world.twin.desk.restore(ALICE)
    world.twin.desk.bulkMove(ALICE, { count: 3, to: 'junkemail' })
    expect(['inbox', 'junkemail', 'deleteditems'].map((folder) => subjects(world, folder))).toEqual(
      [1, 3, 0],
    )
  })

  it('says plainly what is not there', async () => {
    const { twin } = aTwin()
    await expect(twin.desk.deliver('nobody@flow.example')).rejects.toThrow(
      'There is no mailbox nobody@flow.example.',
    )
    expect(() => twin.desk.delete(ALICE)).toThrow('There is no mail in Inbox.')
    expect(() => twin.desk.move(ALICE, { from: 'nowhere', to: 'inbox' })).toThrow(
      'There is no folder nowhere.',
    )
  })
})

describe('sign-in at the fault desk', () => {
  it('expires the tokens a user has, and no newer one', async () => {
    const { twin, call, clock, token } = aTwin()
    const old = token()
    await call('GET', '/me/messages', { as: old })
    twin.desk.expireToken('alice@flow.example')
    expect((await call('GET', '/me/messages', { as: old })).status).toBe(401)
    expect((await call('GET', '/me/messages', { as: token({ oid: BOB }) })).status).toBe(200)
    await clock.advance(1)
    expect((await call('GET', '/me/messages', { as: token() })).status).toBe(200)
  })

  it('revokes consent: calls are refused, delivery pauses, sign-in is told, until it is given again', async () => {
    const told: string[] = []
    const { twin, call, token, subscribe } = aTwin({
      consent: {
        revoked: (user) => told.push(`-${user}`),
        granted: (user) => told.push(`+${user}`),
      },
    })
    const id = await subscribe()
    twin.desk.revokeConsent(ALICE)
    const fresh = token({ lifetimeMs: 1_000_000 })
    expect((await call('GET', '/me/messages', { as: fresh })).status).toBe(403)
    expect(twin.subscriptions.get(id)?.authorizedUntil).toEqual(new Date('2026-11-20T09:00:00Z'))
    twin.desk.grantConsent(ALICE)
    expect((await call('GET', '/me/messages', { as: fresh })).status).toBe(200)
    expect(told).toEqual([`-${ALICE}`, `+${ALICE}`])
  })

  it('gives consent back when everything is switched off', async () => {
    const { twin, call } = aTwin()
    twin.desk.revokeConsent(ALICE)
    expect((await call('GET', '/me/messages')).status).toBe(403)
    twin.desk.clear()
    expect((await call('GET', '/me/messages')).status).toBe(200)
  })
})

describe('a delta token killed at the desk', () => {
  it('meets 410 and a fresh round works', async () => {
    const { twin, call } = aTwin()
    const delta = '/me/mailFolders/inbox/messages/delta'
    const { body } = (await call('GET', delta)) as unknown as { body: Record<string, string> }
    const link = body['@odata.deltaLink']?.split('/v1.0')[1] ?? ''
    expect((await call('GET', link)).status).toBe(200)
    twin.desk.killDeltaToken(ALICE)
    expect((await call('GET', link)).status).toBe(410)
    expect((await call('GET', delta)).status).toBe(200)
  })
})
