import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { AttachmentList } from '../../../models/wire/attachment.ts'
import { downloadAs, safeFileName } from '../../../webhook/http/presenters/file-name.ts'
import { ALICE, aPerson, bob, WORKSPACE } from '../../support/builders.ts'
import { aFile, aLargeFile, anArchive, type Archive } from './an-archive.ts'
import { openDownloads } from './open-downloads.ts'

let archive: Archive
let downloads: Awaited<ReturnType<typeof openDownloads>>
let url = ''

beforeAll(async () => {
  archive = await anArchive()
  downloads = await openDownloads(archive)
  url = downloads.url
})
afterAll(async () => {
  await downloads[Symbol.asyncDispose]()
  await archive[Symbol.asyncDispose]()
})

let round = 0

/** An e-mail with these, fetched; and its list as the route gives it. */
async function anEmailWith(...files: Parameters<Archive['receive']>[1]) {
  const subject = `Mail ${++round}`
  await archive.receive(subject, files, '<img src="cid:picture">')
  await archive.sync()
  await archive.fetchDue()
  const reader = { workspaceId: WORKSPACE, userId: ALICE }
  const emails = await archive.emails.page(reader, { limit: 100, before: null })
  const id = emails.find((email) => email.subject === subject)!._id
  const list = (await (await fetch(`${url}/${id}/attachments`)).json()) as AttachmentList
  const urlOf = (at: number) => `${url}/${id}/attachments/${list.attachments[at]!.id}`
  return { id, list, urlOf }
}

const asBob = async <T>(work: () => Promise<T>): Promise<T> => {
  downloads.state.person = bob
  return work().finally(() => (downloads.state.person = aPerson()))
}

describe('the list of attachments', () => {
  it('says what there is and what is waited for', async () => {
    archive.settings.limitBytes = 100
    const { list } = await anEmailWith(
      aFile(),
      aFile({ name: 'big.zip', bytes: Buffer.alloc(101) }),
    )
    archive.settings.limitBytes = 50 * 1_024 * 1_024
    expect(list.pending).toBeNull()
    expect(list.attachments).toMatchObject([
      {
        name: 'offer.pdf',
        contentType: 'application/pdf',
        state: 'stored',
        outlookLink: expect.anything(),
      },
      {
        name: 'big.zip',
        size: 101,
        state: 'over-limit',
        outlookLink: expect.stringMatching(/^https:/),
      },
    ])
    expect(JSON.stringify(list)).not.toContain('blob')
  })

  it('is a colleague’s as little as the e-mail is', async () => {
    const { id, urlOf } = await anEmailWith(aFile())
    await asBob(async () => {
      expect((await fetch(`${url}/${id}/attachments`)).status).toBe(404)
      expect((await fetch(urlOf(0))).status).toBe(404)
      expect((await fetch(`${url}/${id}/inline/picture`)).status).toBe(404)
    })
  })
})

describe('a download', () => {
  it('comes as bytes to be saved, whatever its sender calls them, and is written down', async () => {
    const bytes = Buffer.from('<script>alert(1)</script>')
    const page = aFile({ name: 'invoice.html', contentType: 'text/html', bytes })
    const { id, urlOf, list } = await anEmailWith(page)
    downloads.state.audited.length = 0
    const response = await fetch(urlOf(0))
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="invoice.html"; filename*=UTF-8''invoice.html`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'content-length': String(bytes.length),
    })
    expect(downloads.state.audited).toEqual([
      {
        workspaceId: WORKSPACE,
        who: { userId: ALICE, role: 'member' },
        action: 'attachment-downloaded',
        object: { kind: 'attachment', id: list.attachments[0]!.id },
        details: { emailId: id, size: bytes.length },
      },
    ])
  })

  it('does not happen when it cannot be written down', async () => {
    const { urlOf } = await anEmailWith(aFile())
    downloads.state.auditFails = true
    const response = await fetch(urlOf(0)).finally(() => (downloads.state.auditFails = false))
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('PDF')
  })

  it('of what is not stored says so', async () => {
    const link = aFile({ kind: 'reference', bytes: Buffer.alloc(0) })
    const { urlOf } = await anEmailWith(link)
    const response = await fetch(urlOf(0))
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'attachment-not-here' })
  })

  it('of a blob that is gone says so, and it is fetched again', async () => {
    const { urlOf } = await anEmailWith(aFile({ bytes: Buffer.from('to be lost') }))
    const { blobId } = (await archive.records()).find(({ _id }) => urlOf(0).endsWith(_id))!
    await archive.db.collection<{ _id: string }>('fs.files').deleteOne({ _id: blobId! })
    expect((await fetch(urlOf(0))).status).toBe(409)
    await archive.fetchDue()
    expect(await (await fetch(urlOf(0))).text()).toBe('to be lost')
  })

  it('breaks off where the bytes were changed, and never seems whole', async () => {
    const { urlOf } = await anEmailWith(aLargeFile(1, 55))
    const { blobId } = (await archive.records()).find(({ _id }) => urlOf(0).endsWith(_id))!
    const change = { $set: { data: Buffer.alloc(261_120) } }
    await archive.db.collection('fs.chunks').updateOne({ files_id: blobId, n: 3 }, change)
    const broken = fetch(urlOf(0)).then((response) => response.arrayBuffer())
    await expect(broken).rejects.toThrow()
  })

  it('of a message in the message is a mail', async () => {
    const item = aFile({
      kind: 'item',
      name: 'Re: offer',
      bytes: Buffer.from('Subject: x\r\n\r\n'),
    })
    const { urlOf } = await anEmailWith(item)
    const disposition = (await fetch(urlOf(0))).headers.get('content-disposition')
    expect(disposition).toContain('filename="Re_ offer.eml"')
  })
})

describe('a picture in the text', () => {
  const picture = (contentType: string) =>
    aFile({
      name: 'p',
      contentType,
      isInline: true,
      contentId: 'picture',
      bytes: Buffer.from(contentType),
    })

  it.each(['image/png', 'image/jpeg', 'image/gif', 'image/WEBP'])(
    'is shown as %s',
    async (type) => {
      const { id } = await anEmailWith(picture(type))
      const response = await fetch(`${url}/${id}/inline/picture`)
      expect(await response.text()).toBe(type)
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': type.toLowerCase(),
        'content-disposition': 'inline',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      })
    },
  )

  it.each(['image/svg+xml', 'text/html', 'application/pdf', ''])(
    'is not shown as %p',
    async (type) => {
      const { id } = await anEmailWith(picture(type))
      expect((await fetch(`${url}/${id}/inline/picture`)).status).toBe(404)
    },
  )
})

describe('a file name', () => {
  it.each([
    ['offer.pdf', 'offer.pdf'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\boot.ini', 'C__boot.ini'],
    ['a\r\nSet-Cookie: x=1', 'a__Set-Cookie_ x=1'],
    ['invoice\u202Efdp.exe', 'invoice_fdp.exe'],
    ['say "hi".txt', 'say _hi_.txt'],
    ['CON', '_CON'],
    ['aux.txt', '_aux.txt'],
    ['.htaccess', 'htaccess'],
    ['name. . ', 'name'],
    ['', 'attachment'],
    ['\u0000', '_'],
    ['\uD800.txt', '_.txt'],
    ['Angebot für Zoë.pdf', 'Angebot für Zoë.pdf'],
    ['資料.xlsx', '資料.xlsx'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(146)}.pdf`],
  ])('%j is written as %j', (given, safe) => {
    expect(safeFileName(given)).toBe(safe)
  })

  it('goes into a header in both ways of RFC 6266', () => {
    expect(downloadAs("Zoë's 100%.pdf")).toBe(
      `attachment; filename="Zo_'s 100_.pdf"; filename*=UTF-8''Zo%C3%AB%27s%20100%25.pdf`,
    )
  })

  it('can never end the header, leave its folder or hide what it is, whatever it is', () => {
    const anyName = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.stringMatching(/^[\r\n\0"\\/;%'.\u202e\u2028 a-c]{0,40}$/),
    )
    fc.assert(
      fc.property(anyName, (given) => {
        const name = safeFileName(given)
        expect(name).toMatch(/^[^\p{C}\p{Zl}\p{Zp}/\\<>:"|?*]+$/u)
        expect(name).not.toMatch(/^\.|[. ]$/)
        expect(name.length).toBeLessThanOrEqual(300)
        const header = downloadAs(given)
        const parts =
          /^attachment; filename="([\x20-\x7e]+)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/
        const [, plain = '', extended = ''] = parts.exec(header) ?? []
        expect(plain).not.toMatch(/["\\%]/)
        expect(decodeURIComponent(extended)).toBe(name)
      }),
      { numRuns: 200 },
    )
  })
})
