import { describe, expect, it } from '@jest/globals'
import { aMail } from '../support/mail.ts'
import { fill, INBOX, round } from '../support/rounds.ts'
import { ADA, BOB, startWorld } from '../support/world.ts'

const pages = (size: number) => ({ headers: { prefer: `odata.maxpagesize=${size}` } })

describe('rounds of message delta (graph-contract 3.1, 3.2)', () => {
  it('shows a delivered mail in the list and in the first round, and nothing in the next', async () => {
    const world = startWorld()
    const mail = await world.mailboxes.deliver(ADA, { mime: aMail({ subject: 'Quote 7' }) })
    const list = await world.get('/me/messages')
    expect(list.body.value).toMatchObject([
      { id: mail.defaultId, subject: 'Quote 7', isRead: false },
    ])
    const first = await round(world, INBOX)
    expect(first.lines).toMatchObject([
      { '@odata.type': '#microsoft.graph.message', '@odata.etag': mail.etag, id: mail.defaultId },
    ])
    expect((await round(world, first.deltaLink)).lines).toEqual([])
  })

  it('gives ten mails to a page unless odata.maxpagesize says otherwise, and one kind of link to each', async () => {
    const world = startWorld()
    await fill(world, 12)
    const page = await world.get(INBOX)
    expect(page.body.value).toHaveLength(10)
    expect(page.body['@odata.nextLink']).toContain('$skiptoken=')
    expect(page.body['@odata.deltaLink']).toBeUndefined()
    const rest = await world.get(page.body['@odata.nextLink'] ?? '', pages(1))
    expect(rest.body.value).toHaveLength(1)
    expect(rest.headers['preference-applied']).toBe('odata.maxpagesize=1')
    const last = await world.get(rest.body['@odata.nextLink'] ?? '', pages(1))
    expect(last.body['@odata.deltaLink']).toContain('$deltatoken=')
  })

  it('follows each folder on its own', async () => {
    const world = startWorld()
    await fill(world, 1, 'archive')
    expect((await round(world, INBOX)).lines).toEqual([])
    expect((await round(world, '/me/mailFolders/archive/messages/delta')).lines).toHaveLength(1)
  })

  it('meets mail that arrives while an initial round is under way', async () => {
    const world = startWorld()
    await fill(world, 3)
    const page = await world.get(INBOX, pages(2))
    const late = await world.mailboxes.deliver(ADA, { mime: aMail({ subject: 'Late' }) })
    const rest = await round(world, page.body['@odata.nextLink'] ?? '', 2)
    expect(rest.lines.map(({ id }) => id)).toContain(late.defaultId)
    expect((await round(world, rest.deltaLink)).lines).toEqual([])
  })

  it('does not tell a newcomer about mail that was gone before', async () => {
    const world = startWorld()
    const mail = await world.mailboxes.deliver(ADA, { mime: aMail() })
    world.mailboxes.remove(ADA, mail.defaultId)
    expect((await round(world, INBOX)).lines).toEqual([])
  })

  it('says "deleted" for a deletion and for a move alike', async () => {
    const world = startWorld()
    const moved = await world.mailboxes.deliver(ADA, { mime: aMail({ id: '1@x' }) })
    const purged = await world.mailboxes.deliver(ADA, { mime: aMail({ id: '2@x' }) })
    const { deltaLink } = await round(world, INBOX)
    world.mailboxes.move(ADA, moved.defaultId, 'archive')
    world.mailboxes.remove(ADA, purged.defaultId, { purge: true })
    const removed = { '@odata.type': '#microsoft.graph.message', '@removed': { reason: 'deleted' } }
    expect((await round(world, deltaLink)).lines).toEqual([
      { ...removed, id: moved.defaultId },
      { ...removed, id: purged.defaultId },
    ])
  })

  it('shows a moved mail whole in its new folder, under another default id and the same immutable one', async () => {
    const world = startWorld()
    const before = await world.mailboxes.deliver(ADA, { mime: aMail() })
    const archive = '/me/mailFolders/archive/messages/delta'
    const { deltaLink } = await round(world, archive)
    const after = world.mailboxes.move(ADA, before.defaultId, 'archive')
    const asDefault = await round(world, deltaLink)
    expect(asDefault.lines).toMatchObject([{ id: after.defaultId, subject: 'Hello' }])
    expect(after.defaultId).not.toBe(before.defaultId)
    // Links are valid for either form of id (graph-contract 3.1).
    const asImmutable = await round(world, deltaLink, 50, { prefer: 'IdType="ImmutableId"' })
    expect(asImmutable.lines).toMatchObject([{ id: before.immutableId }])
    expect(asImmutable.replies[0]?.headers['preference-applied']).toContain('IdType=ImmutableId')
  })

  it('carries bodies in the page when they are selected, and as text when that is preferred', async () => {
    const world = startWorld()
    await world.mailboxes.deliver(ADA, { mime: aMail({ html: '<p>Dear <b>Ada</b></p>' }) })
    const html = await round(world, `${INBOX}?$select=body`)
    expect(html.lines[0]?.body).toMatchObject({ contentType: 'html' })
    expect(html.lines[0]?.body?.content).toContain('<b>Ada</b>')
    expect(Object.keys(html.lines[0] ?? {}).sort()).toEqual([
      '@odata.etag',
      '@odata.type',
      'body',
      'id',
    ])
    const text = await round(world, `${INBOX}?$select=body`, 50, {
      prefer: 'outlook.body-content-type="text"',
    })
    expect(text.lines[0]?.body).toEqual({ contentType: 'text', content: 'Dear Ada' })
  })

  it('keeps the query of the first call through the whole chain of links', async () => {
    const world = startWorld()
    await fill(world, 2)
    const { lines, deltaLink } = await round(world, `${INBOX}?$select=subject`, 1)
    await fill(world, 1)
    const next = await round(world, deltaLink)
    for (const line of [...lines, ...next.lines]) expect(line).not.toHaveProperty('isRead')
    expect(next.lines).toMatchObject([{ subject: 'Mail 0' }])
  })

  it('refuses what delta does not take', async () => {
    const world = startWorld()
    const refused = [
      '$search="x"',
      '$skip=3',
      '$filter=isRead eq false',
      '$filter=receivedDateTime lt 2026-01-01T00:00:00Z',
      '$orderby=subject',
      '$orderby=receivedDateTime asc',
      '$select=nonsense',
      'changeType=moved',
      '$deltatoken=latest',
    ]
    for (const option of refused)
      expect({ option, ...(await world.get(`${INBOX}?${option}`)) }).toMatchObject({
        option,
        status: 400,
      })
  })

  it('does not let a link of one mailbox or folder open another', async () => {
    const world = startWorld()
    const { deltaLink } = await round(world, INBOX)
    const elsewhere = deltaLink.replace(ADA, BOB)
    const asApp = { caller: { permissions: ['Mail.Read'], userId: BOB } }
    expect(await world.get(elsewhere, asApp)).toMatchObject({ status: 404 })
    const archive = world.mailboxes.findFolder(ADA, 'archive')?.id ?? ''
    const inbox = world.mailboxes.findFolder(ADA, 'inbox')?.id ?? ''
    const other = deltaLink.replace(encodeURIComponent(inbox), encodeURIComponent(archive))
    expect(await world.get(other)).toMatchObject({
      status: 410,
      body: { error: { code: 'SyncStateNotFound' } },
    })
  })
})
