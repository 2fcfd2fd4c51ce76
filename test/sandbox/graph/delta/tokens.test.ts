import { describe, expect, it } from '@jest/globals'
import { fill, INBOX, round } from '../support/rounds.ts'
import { ADA, startWorld } from '../support/world.ts'

const GONE = { status: 410, body: { error: { code: 'SyncStateNotFound' } } }

describe('delta tokens (graph-contract 3.3)', () => {
  it('keeps the last four generations of links and forgets older ones, in the words that were observed', async () => {
    const world = startWorld()
    const links = [(await round(world, INBOX)).deltaLink]
    for (let count = 0; count < 4; count++)
      links.push((await round(world, links.at(-1)!)).deltaLink)
    const [oldest, ...kept] = links
    expect(await world.get(oldest!)).toMatchObject({
      status: 410,
      body: {
        error: {
          code: 'SyncStateNotFound',
          message: 'The sync state generation is not found; generation=2;[highest=6][6][5][4][3].',
        },
      },
    })
    for (const link of kept) expect(await world.get(link)).toMatchObject({ status: 200 })
  })

  it('lets one link be followed again and again while nobody goes on', async () => {
    const world = startWorld()
    const { deltaLink } = await round(world, INBOX)
    for (let count = 0; count < 10; count++)
      expect(await world.get(deltaLink)).toMatchObject({ status: 200 })
  })

  it('lets the nextLinks of a round die behind the reader', async () => {
    const world = startWorld()
    await fill(world, 8)
    const { replies } = await round(world, INBOX, 1)
    expect(await world.get(replies[0]!.body['@odata.nextLink']!)).toMatchObject(GONE)
  })

  it('keeps the generations of two readers apart', async () => {
    const world = startWorld()
    const idle = await round(world, INBOX)
    let link = (await round(world, INBOX)).deltaLink
    for (let count = 0; count < 10; count++) link = (await round(world, link)).deltaLink
    expect(await world.get(idle.deltaLink)).toMatchObject({ status: 200 })
  })

  it('forgets the tokens of one folder when told to, mid-round too, and starts over when asked', async () => {
    const world = startWorld()
    await fill(world, 3)
    const archive = await round(world, INBOX.replace('inbox', 'archive'))
    const page = await world.get(INBOX, { headers: { prefer: 'odata.maxpagesize=1' } })
    world.states.killDeltaTokens(ADA, world.mailboxes.findFolder(ADA, 'inbox')!.id)
    expect(await world.get(page.body['@odata.nextLink']!)).toMatchObject(GONE)
    expect(await world.get(archive.deltaLink)).toMatchObject({ status: 200 })
    expect((await round(world, INBOX)).lines).toHaveLength(3)
  })

  it('names a place to start again when the knob says so', async () => {
    const world = startWorld({ deltaReset: 'location' })
    await fill(world, 1)
    const { deltaLink } = await round(world, INBOX)
    world.states.killDeltaTokens(ADA, world.mailboxes.findFolder(ADA, 'inbox')!.id)
    const gone = await world.get(deltaLink)
    expect(gone).toMatchObject({ status: 410, body: { error: { code: 'resyncRequired' } } })
    expect(gone.headers.location).toMatch(/\$deltatoken=$/)
    expect((await round(world, gone.headers.location!)).lines).toHaveLength(1)
  })

  it('tells nonsense from an old token', async () => {
    const world = startWorld()
    const reply = await world.get(`${INBOX}?$deltatoken=nonsense`)
    expect(reply).toMatchObject({ status: 400, body: { error: { code: 'InvalidSyncStateData' } } })
  })
})
