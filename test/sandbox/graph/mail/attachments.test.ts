import { describe, expect, it } from '@jest/globals'
import { aMail, aMultipart, filePart, textPart, type Part } from '../support/mail.ts'
import { ADA, BOB, startWorld, type World } from '../support/world.ts'

const nested = (mime: Uint8Array): Part => ({
  headers: [
    'Content-Type: message/rfc822',
    'Content-Disposition: attachment; filename="inner.eml"',
  ],
  body: Buffer.from(mime).toString(),
})

async function withMail(mime: Uint8Array) {
  const world = startWorld()
  const { defaultId } = await world.mailboxes.deliver(ADA, { mime })
  return {
    world,
    url: `/me/messages/${defaultId}/attachments`,
    message: `/me/messages/${defaultId}`,
    id: defaultId,
  }
}

describe('attachments (graph-contract 5)', () => {
  it('lists files with their bytes, or cheaply without', async () => {
    const { world, url } = await withMail(
      aMultipart([textPart('x'), filePart('a.pdf', 'pdf', ['Content-ID: <one>'])]),
    )
    const { value } = (await world.get(url)).body
    expect(value).toMatchObject([
      {
        '@odata.type': '#microsoft.graph.fileAttachment',
        name: 'a.pdf',
        contentType: 'application/pdf',
        contentId: 'one',
        isInline: false,
        size: 3,
        contentBytes: Buffer.from('pdf').toString('base64'),
      },
    ])
    const cheap = await world.get(`${url}?$select=name,size`)
    expect(Object.keys(cheap.body.value[0]!).sort()).toEqual(['@odata.type', 'id', 'name', 'size'])
    expect((await world.get(`${url}/${value[0]!.id}/$value`)).text).toBe('pdf')
  })

  it('gives ids that change with a move unless they are immutable', async () => {
    const { world, url, id } = await withMail(aMultipart([textPart('x'), filePart('a.pdf', 'pdf')]))
    const [asDefault] = (await world.get(url)).body.value
    const [asImmutable] = (await world.get(url, { headers: { prefer: 'IdType="ImmutableId"' } }))
      .body.value
    const moved = world.mailboxes.move(ADA, id, 'archive')
    const now = `/me/messages/${moved.defaultId}/attachments`
    expect(await world.get(`${now}/${asDefault!.id}`)).toMatchObject({ status: 404 })
    expect(await world.get(`${now}/${asImmutable!.id}`)).toMatchObject({ status: 200 })
    expect(await world.get(`${now}/nonsense`)).toMatchObject({ status: 400 })
  })

  it('opens mail within mail on request, and gives its MIME', async () => {
    const innermost = aMail({ id: 'innermost@x', subject: 'Innermost' })
    const inner = aMultipart([textPart('inner text'), nested(innermost)], {
      headers: ['X-Inner: 1'],
    })
    const outer = Buffer.from(
      Buffer.from(
        aMultipart([
          textPart('x'),
          nested(Buffer.from(Buffer.from(inner).toString().replaceAll('cut', 'slit'))),
        ]),
      ),
    )
    const { world, url, message } = await withMail(outer)
    expect((await world.get(message)).body.bodyPreview).toBe('x')
    const [closed] = (await world.get(url)).body.value
    expect(closed).toMatchObject({ '@odata.type': '#microsoft.graph.itemAttachment' })
    expect(closed).not.toHaveProperty('item')
    const opened = await world.get(
      `${url}/${closed!.id}?$expand=microsoft.graph.itemattachment/item`,
    )
    expect(opened.body.item).toMatchObject({
      '@odata.type': '#microsoft.graph.message',
      subject: 'Parts',
      bodyPreview: 'inner text',
      attachments: [
        { '@odata.type': '#microsoft.graph.itemAttachment', item: { subject: 'Innermost' } },
      ],
    })
    expect((await world.get(`${url}/${closed!.id}/$value`)).text).toContain('X-Inner: 1')
  })

  it('has no bytes of a cloud link: 405', async () => {
    const { world, url, id } = await withMail(aMail())
    const link = {
      kind: 'reference',
      name: 'Plan.docx',
      contentType: '',
      isInline: false,
      bytes: Buffer.alloc(0),
      modifiedAt: 0,
    } as const
    await world.mailboxes.attach(ADA, id, link)
    const [shown] = (await world.get(url)).body.value
    expect(shown).toMatchObject({
      '@odata.type': '#microsoft.graph.referenceAttachment',
      name: 'Plan.docx',
    })
    expect(await world.get(`${url}/${shown!.id}/$value`)).toMatchObject({ status: 405 })
  })

  it('is a placeholder while a scanner looks at it, and itself again afterwards', async () => {
    const picture = {
      headers: ['Content-Type: image/png', 'Content-Disposition: inline; filename="p.png"'],
      body: 'png',
    }
    const mime = aMultipart([textPart('x'), filePart('a.pdf', 'pdf'), picture])
    const { world, url, message, id } = await withMail(mime)
    const names = async () => (await world.get(url)).body.value.map(({ name }) => name)
    world.mailboxes.scan(ADA, id, 'begins')
    expect(await names()).toEqual(['p.png', 'Safe Attachments Scan In Progress'])
    expect((await world.get(message)).body.hasAttachments).toBe(true)
    world.mailboxes.scan(ADA, id, 'ends')
    expect(await names()).toEqual(['a.pdf', 'p.png'])
    expect(world.changes.map(({ changeType }) => changeType)).toEqual([
      ...['created', 'updated', 'updated'],
    ])
  })

  it('may be so large that it is made only when somebody reads it', async () => {
    const { world, url, id } = await withMail(aMail())
    const open = () => {
      throw new Error('nobody asked for its bytes')
    }
    const file = { kind: 'file', name: 'l', contentType: 'x/y', isInline: false } as const
    const streamed = { size: 7, open }
    const bytes = Buffer.alloc(0)
    await world.mailboxes.attach(ADA, id, { ...file, bytes, streamed, modifiedAt: 0 })
    const [shown] = (await world.get(`${url}?$select=name,size`)).body.value
    expect(shown).toMatchObject({ name: 'l', size: 7 })
  })

  it('comes with a message when it is expanded', async () => {
    const { world, message } = await withMail(aMultipart([textPart('x'), filePart('a.pdf', 'pdf')]))
    expect(
      (await world.get(`${message}?$expand=attachments&$select=id`)).body.attachments,
    ).toMatchObject([{ name: 'a.pdf' }])
  })
})

describe('uploads (graph-contract 5)', () => {
  const file = (size: number) => ({
    '@odata.type': '#microsoft.graph.fileAttachment',
    name: 'b.bin',
    contentBytes: Buffer.alloc(size).toString('base64'),
  })
  const session = (size: number) => ({
    AttachmentItem: { attachmentType: 'file', name: 'big.bin', size },
  })
  const put = (world: World, url: string, range: string, bytes: Uint8Array) =>
    world.call('PUT', url, { headers: { 'content-range': `bytes ${range}` }, body: bytes })

  it('takes small files at once, and none of 3 MB', async () => {
    const { world, url, message } = await withMail(aMail())
    const limit = 3 * 1_024 * 1_024
    const posted = await world.post(url, file(limit - 1))
    expect(posted).toMatchObject({ status: 201, body: { name: 'b.bin', size: limit - 1 } })
    expect((await world.get(message)).body.hasAttachments).toBe(true)
    expect(await world.post(url, file(limit))).toMatchObject({ status: 413 })
    expect((await world.get(url)).body.value).toHaveLength(1)
  })

  it('takes large files range by range, and names the attachment at the end', async () => {
    const { world, url } = await withMail(aMail())
    const opened = await world.post(`${url}/createUploadSession`, session(10))
    expect(opened).toMatchObject({ status: 201, body: { nextExpectedRanges: ['0-'] } })
    const { uploadUrl } = opened.body
    const first = await put(world, uploadUrl, '0-5/10', Buffer.from('abcdef'))
    expect(first).toMatchObject({ status: 200, body: { NextExpectedRanges: ['6'] } })
    const last = await put(world, uploadUrl, '6-9/10', Buffer.from('ghij'))
    expect(last.status).toBe(201)
    expect((await world.get(`${last.headers.location}/$value`)).text).toBe('abcdefghij')
    expect(await put(world, uploadUrl, '0-5/10', Buffer.from('abcdef'))).toMatchObject({
      status: 404,
    })
  })

  it('refuses ranges that overlap, leave a gap, or do not fit', async () => {
    const { world, url } = await withMail(aMail())
    const { uploadUrl } = (await world.post(`${url}/createUploadSession`, session(10))).body
    await put(world, uploadUrl, '0-3/10', Buffer.from('abcd'))
    const refused: [string, string, number][] = [
      ['2-5/10', 'cdef', 416],
      ['5-6/10', 'fg', 416],
      ['4-9/10', 'ef', 400],
      ['4-5/11', 'ef', 400],
      ['nonsense', 'ef', 400],
    ]
    for (const [range, bytes, status] of refused) {
      expect({ range, ...(await put(world, uploadUrl, range, Buffer.from(bytes))) }).toMatchObject({
        range,
        status,
      })
    }
    const signed = { headers: { 'content-range': 'bytes 4-5/10', authorization: 'Bearer x' } }
    expect(
      await world.call('PUT', uploadUrl, { ...signed, body: Buffer.from('ef') }),
    ).toMatchObject({
      status: 401,
    })
    expect(await put(world, uploadUrl, '4-5/10', Buffer.from('ef'))).toMatchObject({ status: 200 })
  })

  it('ends with time, at 150 MB, and at the door of a shared mailbox', async () => {
    const { world, url, id } = await withMail(aMail())
    const { uploadUrl } = (await world.post(`${url}/createUploadSession`, session(10))).body
    await world.clock.advance(4 * 60 * 60 * 1_000)
    expect(await put(world, uploadUrl, '0-9/10', Buffer.alloc(10))).toMatchObject({ status: 404 })
    expect(
      await world.post(`${url}/createUploadSession`, session(150 * 1_024 * 1_024 + 1)),
    ).toMatchObject({ status: 413 })
    const asBob = { caller: { userId: BOB, permissions: ['Mail.ReadWrite.Shared'] } }
    const shared = `/users/${ADA}/messages/${id}/attachments/createUploadSession`
    expect(await world.post(shared, session(10), asBob)).toMatchObject({ status: 403 })
  })
})
