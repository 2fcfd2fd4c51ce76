import { afterEach, describe, expect, it } from '@jest/globals'
import { MongoClient, type Db } from 'mongodb'
import { refOf } from '../../sandbox/graph/store/message-view.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { HOUR, MINUTE } from '../../webhook/duration.ts'
import { SimulatedOffice } from './office.ts'
import { pastSeeds } from './past-seeds.ts'
import { simulate } from './simulate.ts'

/** Nothing is compared or swept by itself, so that what a test breaks stays broken. */
const UNATTENDED = { RECONCILE_HOURS: '168', SYNC_SAFETY_POLL_MINUTES: '10000' }

let office: SimulatedOffice | undefined
afterEach(async () => {
  await office?.[Symbol.asyncDispose]()
  office = undefined
})

async function vandalise(act: (db: Db) => Promise<unknown>): Promise<void> {
  const client = await MongoClient.connect(office!.world.store.urlFor('vandal'))
  await act(client.db())
  await client.close()
}

async function storedIds(): Promise<string[]> {
  const client = await MongoClient.connect(office!.world.store.urlFor('vandal'))
  const ids = await client.db().collection<{ _id: string }>('emails').distinct('_id')
  await client.close()
  return ids
}

describe('the simulation has nothing to say', () => {
  it('about mail that is all there', async () => {
    office = await SimulatedOffice.open(['alice', 'bob'])
    expect(await office.world.findings()).toEqual([])
  })
})

describe('the simulation objects', () => {
  it('to an engine that swallows messages, also where it proves that it has them all', async () => {
    const swallowed = new Set<string>()
    const swallow = (fetch: typeof globalThis.fetch): typeof globalThis.fetch => {
      return async (input, init) => {
        const response = await fetch(input, init)
        if (!/mailfolders.*messages/i.test(input as string)) return response
        const body = (await response.json()) as { value: { id: string }[] }
        if (swallowed.size === 0) for (const { id } of body.value.slice(0, 3)) swallowed.add(id)
        const value = body.value.filter(({ id }) => !swallowed.has(id))
        return Response.json({ ...body, value }, { headers: response.headers })
      }
    }
    office = await SimulatedOffice.open(['alice'], { tamper: swallow, environment: UNATTENDED })
    const lost = expect.stringMatching(/^lost: .* is not in the ledger$/)
    expect(await office.world.findings()).toEqual([lost, lost, lost])
  })

  it('to an e-mail deleted behind its back', async () => {
    office = await SimulatedOffice.open(['alice'], { environment: UNATTENDED })
    await vandalise((db) => db.collection('emails').deleteOne({}))
    const findings = await office.world.findings()
    expect(findings).toEqual([expect.stringMatching(/^lost: .* its e-mail is not there$/)])
  })

  it('to a ledger entry deleted behind its back', async () => {
    office = await SimulatedOffice.open(['alice'], { environment: UNATTENDED })
    await vandalise((db) => db.collection('ledgerEntries').deleteOne({}))
    const findings = await office.world.findings()
    expect(findings).toEqual([
      expect.stringMatching(/^lost: .* is not in the ledger$/),
      expect.stringMatching(/^unexplained: no account names /), // its e-mail is there still
    ])
  })

  it('to an e-mail that is there twice', async () => {
    office = await SimulatedOffice.open(['alice'], { environment: UNATTENDED })
    const { emails } = office.world.alive[0]!.service.context
    const [id] = await storedIds()
    const { sightings, ...email } = (await emails.find(id!))!
    await emails.see([{ ...email, identity: 'id:again', sighting: sightings[0]! }])
    const findings = await office.world.findings()
    expect(findings).toEqual([expect.stringMatching(/^twice: 2 e-mails are /)])
  })

  it('to a message that vanished from the mailbox and nobody noticed', async () => {
    office = await SimulatedOffice.open(['alice'], { environment: UNATTENDED })
    office.world.twin.desk.silence(HOUR)
    const { oid } = people.alice
    office.mail.remove(oid, someMessageOf(oid), { purge: true })
    await office.world.advance(MINUTE)
    const findings = await office.world.findings()
    expect(findings).toEqual([expect.stringMatching(/^surplus: .* and not there$/)])
  })

  it('to a cursor that went back', async () => {
    office = await SimulatedOffice.open(['alice'], { environment: UNATTENDED })
    const { cursors } = office.world
    cursors.gave('older')
    cursors.gave('newer')
    cursors.stored('inbox', 'newer')
    cursors.stored('inbox', 'older')
    expect(await office.world.findings()).toEqual([expect.stringMatching(/^back: /)])
  })
})

it('the same seed is the same life', async () => {
  const first = await simulate(2, { actions: 25 })
  expect(await simulate(2, { actions: 25 })).toEqual(first)
})

for (const { seed, found } of pastSeeds)
  it(`seed ${seed}, which once found ${found}, breaks no promise`, async () => {
    expect((await simulate(seed)).broken).toEqual([])
  })

/** The immutable id of some message of the Inbox. */
function someMessageOf(owner: string): string {
  const { mail } = office!
  const [item] = mail.folder(owner, 'inbox').items
  return refOf(mail.open(owner), item!).immutableId
}
