import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { memberModel } from '../../../models/people/member.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { Members } from '../../../webhook/people/members.ts'
import { ALICE, aNewMailbox, WORKSPACE } from '../../support/builders.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'

const OTHER = 'another workspace'
const alice = { workspaceId: WORKSPACE, userId: ALICE, displayName: 'Alice', roles: [] }
const aMember = (n: number) => ({
  ...{ workspaceId: WORKSPACE, userId: `user-${n}`, displayName: `Person ${n}` },
  ...{ address: `person-${n}@flow.example`, roles: ['member' as const] },
})

let stores: OpenStores
let members: Members
beforeAll(async () => {
  stores = await openStores()
  members = new Members(stores)
})
afterAll(() => stores[Symbol.asyncDispose]())

const all = async (limit = 10, cursor: string | null = null) =>
  members.page(WORKSPACE, { limit, cursor })

describe('who has signed in', () => {
  it('is known as they were the last time, with the mailboxes that are theirs', async () => {
    await members.signedIn({ ...alice, address: 'alice@flow.example', roles: ['member', 'admin'] })
    const box = await stores.mailboxes.connect(aNewMailbox({ ownerUserId: ALICE }))
    expect((await all()).members).toMatchObject([
      { userId: ALICE, address: 'alice@flow.example', roles: ['member', 'admin'], mailboxes: 1 },
    ])
    await stores.clock.advance(MINUTE)
    await members.signedIn({ ...alice, address: 'a.archer@flow.example', roles: ['member'] })
    await stores.db
      .collection<{ _id: string }>('mailboxes')
      .updateOne({ _id: box._id }, { $set: { status: 'disconnected' } })
    expect((await all()).members).toEqual([
      {
        ...{ userId: ALICE, displayName: 'Alice', address: 'a.archer@flow.example' },
        ...{ roles: ['member'], mailboxes: 0, signedInAt: stores.clock.now().toISOString() },
      },
    ])
  })

  it('is one person, also when they come in at two doors at once', async () => {
    const twice = Array.from({ length: 10 }, () => members.signedIn(aMember(1)))
    await Promise.all(twice)
    expect(await memberModel(stores.db).countDocuments({ userId: 'user-1' })).toBe(1)
  })

  it('is told page by page, who came last first, and of the own workspace alone', async () => {
    for (const n of [2, 3, 4]) {
      await stores.clock.advance(MINUTE)
      await members.signedIn(aMember(n))
    }
    await members.signedIn({ ...aMember(9), workspaceId: OTHER })
    const first = await all(3)
    const second = await all(3, first.nextCursor)
    const ids = [first, second].map((page) => page.members.map(({ userId }) => userId))
    expect(ids).toEqual([
      ['user-4', 'user-3', 'user-2'],
      ['user-1', ALICE],
    ])
    expect(second.nextCursor).toBeNull()
  })
})
