import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { AuditRecord, type AuditVerdict } from '../../../models/wire/audit.ts'
import { readCheckpoints } from '../../../webhook/audit/checkpoints.ts'
import { WORKSPACE } from '../../support/builders.ts'
import { aView, ROOT_KEY, startAudit, type AnAudit } from '../audit/an-audit.ts'
import { aTerminal } from './a-terminal.ts'

let folder: string
let file: string
let log: AnAudit
let flowcrm: ReturnType<typeof aTerminal>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flowcrm-audit-cli-'))
  file = join(folder, 'checkpoints.jsonl')
  log = await startAudit()
  flowcrm = aTerminal({
    PUBLIC_URL: 'http://localhost:3000',
    ADDIN_URL: 'http://localhost:3004',
    MONGODB_URL: log.url,
    CLIENT_ID: '11111111-2222-4333-8444-555555555555',
    CLIENT_SECRET: 'none',
    ROOT_KEY: ROOT_KEY.toString('base64'),
    AUDIT_CHECKPOINT_FILE: file,
  })
  for (let n = 0; n < 4; n++) await log.audit.write(aView())
})
afterAll(async () => {
  await log[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

describe('flowcrm audit', () => {
  it('signs the head of each chain, and adds it to the file of checkpoints', async () => {
    const { exit, out } = await flowcrm('audit', 'checkpoint')
    expect(exit).toBe(0)
    expect(readCheckpoints(out)).toEqual(readCheckpoints(readFileSync(file, 'utf8')))
    expect(readCheckpoints(out)).toMatchObject([{ checkpoint: { workspaceId: WORKSPACE, seq: 4 } }])
  })

  it('exports a workspace as lines of JSON, or as a table', async () => {
    const out = join(folder, 'audit.jsonl')
    expect(await flowcrm('audit', 'export', '--out', out)).toMatchObject({
      exit: 0,
      out: `5 entries written to ${out}.\n`,
    })
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => AuditRecord.parse(JSON.parse(line)).seq)).toEqual([1, 2, 3, 4, 5])
    const table = join(folder, 'audit.csv')
    await flowcrm('audit', 'export', '--format', 'csv', '--out', table)
    expect(readFileSync(table, 'utf8').split('\r\n')).toHaveLength(1 + 6 + 1)
  })

  it('verifies, and ends badly when the end was cut off and a checkpoint knows of it', async () => {
    const good = await flowcrm('audit', 'verify', '--checkpoint', file)
    expect(good).toMatchObject({ exit: 0, out: expect.stringContaining(`${WORKSPACE}: GOOD`) })
    await log.raw.deleteMany({ seq: { $gt: 2 } })
    expect((await flowcrm('audit', 'verify')).exit).toBe(0)
    const bad = await flowcrm('audit', 'verify', '--checkpoint', file, '--json')
    expect(bad.exit).toBe(1)
    const [verdict] = JSON.parse(bad.out) as AuditVerdict[]
    expect(verdict?.faults).toMatchObject([{ fault: 'rolled-back' }])
    await log.raw.deleteMany({})
    const gone = await flowcrm('audit', 'verify', '--checkpoint', file)
    expect(gone).toMatchObject({ exit: 1, out: expect.stringContaining('NOT AS IT WAS WRITTEN') })
  })

  it.each([
    [['audit', 'burn'], 'checkpoint, verify or export'],
    [['audit', 'export', '--format', 'xml', '--out', 'x'], 'jsonl or csv'],
    [['audit', 'export'], '--out'],
    [['audit', 'verify', '--checkpoint', '/nowhere'], 'cannot be read'],
  ])('explains itself after %j', async (args, words) => {
    const { exit, err } = await flowcrm(...args)
    expect(exit).toBe(2)
    expect(err).toContain(words)
  })
})
