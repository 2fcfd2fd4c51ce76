import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createHash } from 'node:crypto'
import { mimeOf, refOf } from '../../../sandbox/graph/store/message-view.ts'
import { AuditLog } from '../../../webhook/audit/audit-log.ts'
import { AuditStore } from '../../../webhook/audit/audit-store.ts'
import { OPERATOR } from '../../../webhook/audit/audit.ts'
import { bytesOf } from '../attachments/an-archive.ts'
import { ALICE } from '../provider/graph/graphs.ts'
import { anOffice, asking, type Office } from './an-office.ts'
import { JANE, OTHER, plantJane, type Canaries } from './jane.ts'
import { untar } from './untar.ts'

const MAILS = Number(process.env.ERASED ?? 64)

let office: Office
let words: Canaries
let contactId: string
let files: Map<string, Buffer>
let viewed = ''
beforeAll(async () => {
  office = await anOffice()
  ;({ words, contactId } = await plantJane(office, { mails: MAILS, canaries: 200 }))
  const audits = new AuditStore(office.db)
  const audit = new AuditLog({ ...office, audits })
  const mailOfOscar = { workspaceId: asking.workspaceId, userId: ALICE }
  const page = await office.emails.page(mailOfOscar, { limit: MAILS + 5, before: null })
  for (const { _id: id, subject } of page) {
    if (subject.startsWith('About 3 ')) viewed = id
    if (!/^(?:About 3 |Business of others 0$)/.test(subject)) continue
    const object = { kind: 'email', id }
    const { workspaceId } = asking
    await audit.write({ workspaceId, who: OPERATOR, action: 'email-viewed', object })
  }
  const { exportDesk } = office.instance({ audit, audits })
  const began = performance.now()
  files = untar(await bytesOf(await exportDesk.export(asking, { contactId })))
  const took = Math.round(performance.now() - began)
  if (process.env.ERASED) process.stderr.write(`exported ${MAILS} mails in ${took} ms\n`)
}, 600_000)
afterAll(() => office[Symbol.asyncDispose]())

type Line = Record<string, unknown>
const linesOf = (kind: string): Line[] =>
  [...files]
    .filter(([path]) => path.startsWith(`${kind}/`) && path.endsWith('.jsonl'))
    .flatMap(([, bytes]) => bytes.toString().split('\n').filter(Boolean))
    .map((line) => JSON.parse(line) as Line)

/** L2. */
describe('what a person gets who asks what is known of them', () => {
  it('is every mail that the mailbox has with them, and no other one', () => {
    const store = office.graph.mailboxes
    const mailbox = store.open(ALICE)
    const all = [...mailbox.items].map((item) => {
      const { immutableId } = refOf(mailbox, item)
      const message = store.findMessage(ALICE, immutableId, 'immutable')!
      const mime = 'mime' in item.source ? Buffer.from(mimeOf(item.source)).toString() : ''
      return { ...message, bodyHtml: mime.split('\r\n\r\n')[1]?.trim() }
    })
    const naming = all.filter((message) => {
      const { from, toRecipients, ccRecipients, replyTo } = message
      const parties = [from, ...(toRecipients ?? []), ...(ccRecipients ?? []), ...(replyTo ?? [])]
      return parties.some((party) => /^jane/i.test(party?.emailAddress?.address ?? ''))
    })
    expect(naming).toHaveLength(MAILS)
    const truth = naming.map(({ subject, internetMessageId, bodyHtml }) => ({
      ...{ subject, internetMessageId, bodyHtml },
    }))
    const bySubject = (one: { subject?: unknown }, other: { subject?: unknown }) =>
      String(one.subject) < String(other.subject) ? -1 : 1
    const exported = linesOf('emails').map(({ subject, internetMessageId, bodyHtml }) => ({
      ...{ subject, internetMessageId, bodyHtml: String(bodyHtml).trim() },
    }))
    expect(exported.toSorted(bySubject)).toEqual(truth.toSorted(bySubject))
  })

  it('is complete to the last word, and nothing of others', () => {
    const text = [...files.values()].map((bytes) => bytes.toString()).join('\n')
    expect(words.planted.filter((word) => !text.includes(word))).toEqual([])
    expect(text).not.toMatch(/others\dstay|a file of others|Clerk/)
    expect(text).not.toContain(`"addresses":[{"address":"${OTHER}"`)
  })

  it('says who they are in each mail, when it was seen, and which files hang on it', async () => {
    const emails = linesOf('emails')
    const withFile = emails.filter(({ attachments }) => (attachments as Line[]).length > 0)
    expect(withFile).toHaveLength(10)
    for (const { attachments } of withFile)
      for (const { file } of attachments as { file: string }[])
        expect(files.get(file)?.toString()).toMatch(/^file /)
    const first = emails.find(({ subject }) => String(subject).startsWith('About 1 '))
    expect(first).toMatchObject({ personIs: ['to'], seen: [{ via: 'sync' }] })
  })

  it('has their contacts, accounts of their messages, and what people did with them, not who', () => {
    expect(linesOf('contacts')).toHaveLength(2)
    expect(JSON.stringify(linesOf('contacts'))).toContain(JANE[0])
    expect(linesOf('suggestions')).toHaveLength(2)
    const accounts = linesOf('messages')
    expect(accounts).toHaveLength(MAILS)
    expect(accounts[0]).toMatchObject({ state: 'stored', reason: 'new' })
    expect(linesOf('audit')).toEqual([
      {
        ...{ at: expect.any(String), action: 'email-viewed', role: 'operator' },
        object: { kind: 'email', id: viewed },
      },
    ])
  })

  it('says at its end what is in it, by name and digest', () => {
    const manifest = JSON.parse(files.get('manifest.json')!.toString()) as {
      counts: Line
      files: { path: string; bytes: number; sha256: string }[]
    }
    expect([...files.keys()].at(-1)).toBe('manifest.json')
    expect(manifest.counts).toEqual({
      ...{ contacts: 2, suggestions: 2, emails: MAILS, attachments: 10 },
      ...{ messages: MAILS, audit: 1, 'follow-ups': 4 },
    })
    const there = [...files].filter(([path]) => path !== 'manifest.json')
    expect(manifest.files).toEqual(
      there.map(([path, bytes]) => ({
        ...{ path, bytes: bytes.length },
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })),
    )
  })
})
