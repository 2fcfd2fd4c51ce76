import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createPublicKey } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { people } from '../../../sandbox/sign-in/directory.ts'
import { bulkMime } from '../../../sandbox/seed/bulk.ts'
import type { SignedStatement, StatementKeySet } from '../../../models/wire/statement.ts'
import { aTerminal } from './a-terminal.ts'
import { connectAndWatch, eventually, mailboxOf, startWorld } from '../../support/world.ts'

const ALICE = people.alice.mail
const MAILS = 12

type World = Awaited<ReturnType<typeof startWorld>>

let world: World
let folder: string
let flowcrm: ReturnType<typeof aTerminal>
let mailboxId: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowcrm-cli-'))
  world = await startWorld()
  for (let index = 0; index < MAILS; index++)
    await world.graph.mailboxes.deliver(ALICE, { mime: () => bulkMime(index, ALICE, new Date()) })
  const { browser, mailbox } = await connectAndWatch(world, 'alice', ['Inbox'])
  mailboxId = mailbox.id
  await eventually(
    () => mailboxOf(browser),
    ({ light }) => light.colour === 'green',
  )
  flowcrm = aTerminal(world.environment, folder)
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

describe('flowcrm status', () => {
  it('lists the mailboxes with their lights, and ends well when all are green', async () => {
    const { exit, out } = await flowcrm('status')
    expect(out).toMatch(/1 instance awake/)
    expect(out).toMatch(new RegExp(`green +${ALICE} +1 `))
    expect(exit).toBe(0)
  })

  it('tells everything about one mailbox, named by address in any case or by id', async () => {
    const { out } = await flowcrm('status', ALICE.toUpperCase())
    expect(out).toMatch(/Inbox[^]*history +read[^]*compared +equal/)
    expect((await flowcrm('status', mailboxId)).out).toContain(mailboxId)
  })

  it('gives programs the same as JSON', async () => {
    const { out, err } = await flowcrm('status', '--json')
    expect(JSON.parse(out)).toMatchObject({
      instances: [{ version: expect.any(String) }],
      mailboxes: [
        { id: mailboxId, light: { colour: 'green' }, folders: [{ displayName: 'Inbox' }] },
      ],
    })
    expect(err).toBe('')
  })

  it('says what to type when there is no such mailbox', async () => {
    const { exit, out, err } = await flowcrm('status', 'nobody@contoso.test')
    expect(exit).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/No mailbox nobody@contoso.test is connected.*flowcrm status/)
  })
})

describe('flowcrm statement', () => {
  it('shows that the mailbox is complete, and writes the signed account into a file', async () => {
    const file = join(folder, 'statement.json')
    const { exit, out } = await flowcrm('statement', ALICE, '--out', file)
    expect(exit).toBe(0)
    expect(out).toMatch(/COMPLETE/)
    expect(out).toMatch(new RegExp(`Inbox +${MAILS} +${MAILS} +yes +${MAILS}`))
    const signed = JSON.parse(await readFile(file, 'utf8')) as SignedStatement
    expect(signed.statement).toMatchObject({ complete: true, mailbox: { id: mailboxId } })
  })

  it('is verified with the public key alone: no database, no environment', async () => {
    const file = join(folder, 'verified.json')
    const keys = join(folder, 'keys.json')
    await flowcrm('statement', ALICE, '--out', file)
    await writeFile(keys, (await flowcrm('statement-key')).out)
    const elsewhere = aTerminal({})
    const { exit, out } = await elsewhere('verify-statement', file, '--key', keys)
    expect(out).toMatch(/^Valid/)
    expect(exit).toBe(0)
  })

  it('is verified with a key in PEM, and a file without a key is told from a bad statement', async () => {
    const [file, pem] = [join(folder, 'by-pem.json'), join(folder, 'key.pem')]
    await flowcrm('statement', ALICE, '--out', file)
    const { keys } = JSON.parse((await flowcrm('statement-key')).out) as StatementKeySet
    const key = createPublicKey({ key: keys[0]!, format: 'jwk' })
    await writeFile(pem, key.export({ format: 'pem', type: 'spki' }))
    const elsewhere = aTerminal({})
    expect((await elsewhere('verify-statement', file, '--key', pem)).out).toMatch(/^Valid/)
    const { exit, err } = await elsewhere('verify-statement', file, '--key', file)
    expect([exit, err]).toEqual([2, expect.stringContaining('holds no public key for statements')])
  })

  it('is found out when a figure in it was changed', async () => {
    const file = join(folder, 'altered.json')
    const { out } = await flowcrm('statement', ALICE, '--json')
    await writeFile(file, out.replace(/"stored": \d+/, '"stored": 99999'))
    const verdict = await flowcrm('verify-statement', file)
    expect(verdict.out).toMatch(/^NOT VALID/)
    expect(verdict.exit).toBe(1)
  })

  it('cannot be verified without a key', async () => {
    const file = join(folder, 'keyless.json')
    await flowcrm('statement', ALICE, '--out', file)
    expect(await aTerminal({})('verify-statement', file)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('ROOT_KEY'),
    })
  })
})

describe('flowcrm explain', () => {
  it('tells the story of a message by its immutable id', async () => {
    const entry = await world.service.context.db.collection('ledgerEntries').findOne()
    const id = String(entry?.['messageId'])
    const { exit, out } = await flowcrm('explain', ALICE, '--id', id)
    expect(exit).toBe(0)
    expect(out).toMatch(/state +stored \(new\)[^]*folder +Inbox/)
    const accounts = JSON.parse((await flowcrm('explain', ALICE, '--id', id, '--json')).out) as {
      answer: string
    }
    expect(accounts.answer).toBe('accounted')
  })

  it('tells the story of an e-mail by its id in the CRM', async () => {
    const email = await world.service.context.db.collection<{ _id: string }>('emails').findOne()
    const { exit, out } = await flowcrm('explain', ALICE, '--email', email?._id ?? '')
    expect(exit).toBe(0)
    expect(out).toMatch(/state +stored \(new\)[^]*folder +Inbox/)
    expect(await flowcrm('explain', ALICE, '--email', 'none')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('There is nothing here'),
    })
  })

  it('says how to ask when the question is not one', async () => {
    const { exit, err } = await flowcrm('explain', ALICE, '--from', 'carol@customer.example')
    expect(exit).toBe(2)
    expect(err).toMatch(/--around/)
  })

  it('names the option that is at fault', async () => {
    const about = ['explain', ALICE, '--from', 'carol@customer.example', '--around', '2026-11-20']
    expect((await flowcrm(...about, '--within', '3000')).err).toMatch(/^--within: .*1440/)
    expect((await flowcrm(...about, '--from', 'carol')).err).toMatch(/^--from: /)
    expect((await flowcrm(...about, '--around', 'tomorrow')).err).toMatch(/^--around: /)
  })
})

describe('the command line', () => {
  it('ends with 2 when it is not understood', async () => {
    expect((await flowcrm('sink', ALICE)).exit).toBe(2)
    expect((await flowcrm('status', '--jason')).exit).toBe(2)
    expect((await aTerminal({})('status')).exit).toBe(2)
  })

  it('ends with 1 when the database does not answer', async () => {
    const env = { ...world.environment, MONGODB_URL: 'mongodb://127.0.0.1:1/none' }
    expect(await aTerminal(env)('status')).toMatchObject({
      exit: 1,
      err: 'The database does not answer.\n',
    })
  })

  it('finds the running sandbox by the file it leaves', async () => {
    const lines = Object.entries(world.environment).map(([name, value]) => `${name}="${value}"`)
    await writeFile(join(folder, '.sandbox.env'), lines.join('\n'))
    expect((await aTerminal({}, folder)('status', '--sandbox')).exit).toBe(0)
    expect((await aTerminal({}, '/nowhere')('status', '--sandbox')).exit).toBe(2)
  })
})
