import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { aSighting, anEmail, WORKSPACE } from '../../support/builders.ts'
import { openStores, type OpenStores } from './open-stores.ts'

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

const ofBob = aSighting({ key: 'sync:mailbox-bob:1', mailboxId: 'mailbox-bob', ownerUserId: 'bob' })
const stored = async (email: Parameters<typeof stores.emails.see>[0][number]) =>
  (await stores.emails.see([email]))[0]!
const keyOf = { alice: aSighting().key, bob: ofBob.key }

describe('a sighting that is taken back', () => {
  it('leaves the e-mail to those who see it elsewhere, and the last one takes it along', async () => {
    const { emailId } = await stored(anEmail())
    await stores.emails.see([anEmail({ sighting: ofBob })])
    expect(await stores.sightings.withdraw([{ emailId, key: keyOf.alice }])).toEqual([])
    expect([...(await stores.sightings.keysOf([emailId])).values()]).toEqual([[keyOf.bob]])
    expect(await stores.sightings.withdraw([{ emailId, key: keyOf.bob }])).toEqual([emailId])
    expect(await stores.sightings.countIn(WORKSPACE)).toBe(0)
    expect(await stores.sightings.withdraw([{ emailId, key: keyOf.bob }])).toEqual([])
  })

  it('finishes what a crash has left', async () => {
    const { emailId } = await stored(anEmail())
    const emails = stores.db.collection<{ _id: string; sightings: unknown[] }>('emails')
    await emails.updateOne({ _id: emailId }, { $set: { sightings: [] } })
    expect(await stores.sightings.withdraw([{ emailId, key: keyOf.alice }])).toEqual([emailId])
  })

  it('never loses the copy of somebody who sees the e-mail just then', async () => {
    for (let round = 0; round < 30; round++) {
      const email = anEmail({ identity: `id:${round}` })
      const { emailId } = await stored(email)
      const [removed] = await Promise.all([
        stores.sightings.withdraw([{ emailId, key: keyOf.alice }]),
        stores.emails.see([{ ...email, sighting: ofBob }]),
      ])
      const left = (await stores.sightings.keysOf([emailId])).get(emailId)
      expect([round, left]).toEqual([round, [keyOf.bob]])
      expect(removed.length).toBeLessThanOrEqual(1)
    }
  })

  it('tells whose log by hand it was not', async () => {
    const byHand = aSighting({ key: 'add-in:alice', via: 'add-in', mailboxId: null })
    await stores.emails.see([anEmail({ messageIdKey: 'k1', sighting: byHand })])
    const logged = (userId: string, workspaceId = WORKSPACE) =>
      stores.sightings.loggedByHand({ workspaceId, userId }, ['k1', 'k2'])
    expect([...(await logged(byHand.ownerUserId))]).toEqual(['k1'])
    expect([...(await logged('bob'))]).toEqual([])
    expect([...(await logged(byHand.ownerUserId, 'another'))]).toEqual([])
  })
})
