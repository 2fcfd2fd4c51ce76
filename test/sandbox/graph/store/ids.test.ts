import { describe, expect, it } from '@jest/globals'
import { fill } from '../support/rounds.ts'
import { ADA, BOB, startWorld } from '../support/world.ts'

describe('ids (graph-contract 4.2, 9 #33)', () => {
  it('are long, URL-safe, and tell neighbours apart by nothing but the case of letters', async () => {
    const world = startWorld()
    const [first, second] = await fill(world, 2)
    expect(first!.defaultId).toMatch(/^[\w-]{100,}=$/)
    expect(first!.defaultId).not.toBe(second!.defaultId)
    expect(first!.defaultId.toLowerCase()).toBe(second!.defaultId.toLowerCase())
    expect(await world.get(`/me/messages/${second!.defaultId}`)).toMatchObject({
      body: { subject: 'Mail 1' },
    })
  })

  it('are case-sensitive: one letter wrong is another mail or none', async () => {
    const world = startWorld()
    const [only] = await fill(world, 1)
    const wrong = only!.defaultId.replace(/[oO](?=[sS][wW])/, (letter) =>
      letter === 'o' ? 'O' : 'o',
    )
    expect(wrong).not.toBe(only!.defaultId)
    expect(await world.get(`/me/messages/${wrong}`)).toMatchObject({
      status: 404,
      body: {
        error: {
          code: 'ErrorItemNotFound',
          message: 'The specified object was not found in the store.',
        },
      },
    })
  })

  it('of both forms lead to a message, and Prefer decides which one is shown', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const asDefault = await world.get(`/me/messages/${mail!.immutableId}`)
    expect(asDefault.body.id).toBe(mail!.defaultId)
    expect(asDefault.headers['preference-applied']).toBeUndefined()
    const headers = { prefer: 'IdType="ImmutableId"' }
    const asImmutable = await world.get(`/me/messages/${mail!.defaultId}`, { headers })
    expect(asImmutable.body.id).toBe(mail!.immutableId)
    expect(asImmutable.headers['preference-applied']).toBe('IdType=ImmutableId')
  })

  it('change with a move when they are default ids, and do not when immutable', async () => {
    const world = startWorld()
    const [before] = await fill(world, 1)
    const reply = await world.post(`/me/messages/${before!.defaultId}/move`, {
      destinationId: 'archive',
    })
    expect(reply.status).toBe(201)
    expect(reply.body.id).not.toBe(before!.defaultId)
    expect(await world.get(`/me/messages/${before!.defaultId}`)).toMatchObject({ status: 404 })
    expect(await world.get(`/me/messages/${before!.immutableId}`)).toMatchObject({
      body: { id: reply.body.id },
    })
  })

  it('change all when somebody drags the mail in desktop Outlook (graph-contract 9 #17)', async () => {
    const world = startWorld()
    const [before] = await fill(world, 1)
    const after = world.mailboxes.desktopMove(ADA, before!.defaultId, 'archive')
    expect(after.immutableId).not.toBe(before!.immutableId)
    expect(await world.get(`/me/messages/${before!.immutableId}`)).toMatchObject({ status: 404 })
  })

  it('are malformed, unknown, or of another mailbox: 400, 404, 404', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const malformed = { status: 400, body: { error: { code: 'ErrorInvalidIdMalformed' } } }
    expect(await world.get('/me/messages/nonsense')).toMatchObject(malformed)
    expect(await world.get('/me/mailFolders/nonsense')).toMatchObject(malformed)
    const asBob = { caller: { userId: BOB } }
    expect(await world.get(`/me/messages/${mail!.defaultId}`, asBob)).toMatchObject({ status: 404 })
    expect(await world.get(`/me/messages/${mail!.folderId}`)).toMatchObject({ status: 404 })
  })

  it('translate into each other, up to 1,000 at once', async () => {
    const world = startWorld()
    const mails = await fill(world, 2)
    const types = { sourceIdType: 'restId', targetIdType: 'restImmutableEntryId' }
    const inputIds = [...mails.map(({ defaultId }) => defaultId), 'nonsense']
    const { body } = await world.post('/me/translateExchangeIds', { inputIds, ...types })
    expect(body.value).toMatchObject([
      { sourceId: mails[0]!.defaultId, targetId: mails[0]!.immutableId },
      { sourceId: mails[1]!.defaultId, targetId: mails[1]!.immutableId },
      { sourceId: 'nonsense', errorDetails: { code: 'ErrorInvalidIdMalformed' } },
    ])
    const asMany = (count: number) => Array.from({ length: count }, () => mails[0]!.defaultId)
    expect(
      await world.post('/me/translateExchangeIds', { inputIds: asMany(1_000), ...types }),
    ).toMatchObject({ status: 200 })
    expect(
      await world.post('/me/translateExchangeIds', { inputIds: asMany(1_001), ...types }),
    ).toMatchObject({ status: 400 })
  })
})
