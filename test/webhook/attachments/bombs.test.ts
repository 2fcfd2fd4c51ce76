import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { AttachmentList } from '../../../models/wire/attachment.ts'
import type { EmailHead } from '../../../models/email.ts'
import { bombs, zipBomb } from '../../sandbox/mime/bombs.ts'
import { ALICE, aMime } from '../provider/graph/graphs.ts'
import { WORKSPACE } from '../../support/builders.ts'
import { aFile, anArchive, type Archive } from './an-archive.ts'
import { openDownloads } from './open-downloads.ts'

const CROWD = 100_000
const CROWDED = '100k recipients'

let archive: Archive
let downloads: Awaited<ReturnType<typeof openDownloads>>
let stored = new Map<string, EmailHead>()
let workMs = 0

/** Graph's answers tell the whole of a head, of which the twin reads no more than Exchange would. */
function tellWholeHeads({ graph }: Archive): void {
  const handle = graph.dispatcher.handle.bind(graph.dispatcher)
  const heads = new Map([
    ['100k headers', Array.from({ length: 100_000 }, (_, n) => ({ name: 'X', value: `<${n}@x>` }))],
    ['a header of 1 MB', [{ name: 'References', value: `${'<'.repeat(500_000)}<a@b> `.repeat(2) }]],
  ])
  const crowd = Array.from({ length: CROWD }, (_, n) => ({
    emailAddress: { name: `Person ${n}`, address: `p${n}@many.example` },
  }))
  graph.dispatcher.handle = async (incoming) => {
    const reply = await handle(incoming)
    const { value = [] } = (reply.body ?? {}) as { value?: Record<string, unknown>[] }
    for (const one of value) {
      const lines = heads.get(String(one['subject']))
      if (lines) one['internetMessageHeaders'] = lines
      if (one['subject'] === CROWDED) one['toRecipients'] = crowd
    }
    return reply
  }
}

/** All of them in one mailbox, and a mail of no harm behind them. */
beforeAll(async () => {
  archive = await anArchive()
  downloads = await openDownloads(archive)
  tellWholeHeads(archive)
  for (const [subject, made] of Object.entries(bombs))
    await archive.graph.mailboxes.deliver(ALICE, { mime: made(subject) })
  await archive.graph.mailboxes.deliver(ALICE, { mime: aMime('Lunch') })
  const before = process.cpuUsage()
  await archive.sync()
  await archive.fetchDue()
  const { user, system } = process.cpuUsage(before)
  workMs = (user + system) / 1_000
  const reader = { workspaceId: WORKSPACE, userId: ALICE }
  const emails = await archive.emails.page(reader, { limit: 500, before: null })
  stored = new Map(emails.map((email) => [email.subject, email]))
}, 120_000)
afterAll(async () => {
  await downloads[Symbol.asyncDispose]()
  await archive[Symbol.asyncDispose]()
})

const listOf = async (subject: string) => {
  const url = `${downloads.url}/${stored.get(subject)!._id}/attachments`
  const { attachments } = (await (await fetch(url)).json()) as AttachmentList
  return attachments.map((one) => ({ ...one, url: `${url}/${one.id}` }))
}

describe('a mailbox full of mails made to cost more than they weigh (reliability F6)', () => {
  it('is synced whole, and no mail holds up another', () => {
    const expected = [...Object.keys(bombs).filter((subject) => subject !== CROWDED), 'Lunch']
    expect([...stored.keys()].toSorted()).toEqual(expected.toSorted())
    expect(archive.failures).toEqual([])
    expect(workMs / expected.length).toBeLessThan(2_000)
  })

  it('accounts for a mail to 100,000 people as too large', async () => {
    const failed = (await archive.accounts()).filter(({ state }) => state === 'failed')
    expect(failed).toMatchObject([{ reason: 'too-large', emailId: null }])
  })

  it('keeps a zip as it came: nobody looks inside', async () => {
    const [zip] = await listOf('a zip of ten gigabytes')
    expect(zip).toMatchObject({ state: 'stored', name: 'zeros.zip', size: zipBomb().length })
    const response = await fetch(zip!.url)
    expect(Buffer.from(await response.arrayBuffer()).equals(zipBomb())).toBe(true)
  })

  it('keeps 300 messages within messages as one attachment, and gives it as a file', async () => {
    const attachments = await listOf('300 nested messages')
    expect(attachments).toMatchObject([{ state: 'stored', kind: 'item' }])
    const text = await (await fetch(attachments[0]!.url)).text()
    expect(text.match(/^Subject: level /gm)).toHaveLength(300)
  })

  it('gives whatever hangs on them as a download that no browser opens', async () => {
    const lists = await Promise.all([...stored.keys()].map(listOf))
    const files = lists
      .flatMap((list) => list.slice(0, 2))
      .filter(({ state }) => state === 'stored')
    expect(files.length).toBeGreaterThanOrEqual(3)
    for (const { url } of files) {
      const { headers, body } = await fetch(url)
      await body?.cancel()
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'content-disposition': expect.stringMatching(
          /^attachment; filename="[\x20-\x21\x23-\x7e]{1,160}"; filename\*=UTF-8''[\w!#$&+.^`|~%-]{1,1500}$/,
        ),
      })
    }
  })

  it('asks for nothing of a file of ten gigabytes but its name and size', async () => {
    const size = 10 * 1_024 ** 3
    const open = () => {
      throw new Error('it was opened')
    }
    await archive.receive('Ten gigabytes', [aFile({ name: 'huge.zip', streamed: { size, open } })])
    await archive.sync()
    await archive.fetchDue()
    expect(await archive.attachmentsOf('Ten gigabytes')).toMatchObject([
      { state: 'over-limit', size, blobId: null },
    ])
  })
})
