import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { AuditRecord } from '../../../models/wire/audit.ts'
import { OPERATOR } from '../../../webhook/audit/audit.ts'
import { isGenuine, readCheckpoints } from '../../../webhook/audit/checkpoints.ts'
import { linesOf, type ExportFormat } from '../../../webhook/audit/export-formats.ts'
import { StatementSigner } from '../../../webhook/statement/statement-signer.ts'
import { ALICE, WORKSPACE } from '../../support/builders.ts'
import { aView, startAudit, type AnAudit } from './an-audit.ts'

let folder: string
let file: string
let log: AnAudit
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flowcrm-audit-'))
  file = join(folder, 'checkpoints.jsonl')
  log = await startAudit(file)
})
afterAll(async () => {
  await log[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})
beforeEach(async () => {
  await log.raw.deleteMany({})
  writeFileSync(file, '')
})

const write = async (count: number) => {
  for (let n = 0; n < count; n++) await log.audit.write(aView())
}
const inFile = () => readCheckpoints(readFileSync(file, 'utf8'))

describe('checkpoints', () => {
  it('are added to their file, and told to the log', async () => {
    await write(2)
    const first = await log.checkpoints.take(WORKSPACE)
    await write(1)
    const second = await log.checkpoints.take(WORKSPACE)
    expect(inFile()).toEqual([first, second])
    expect(log.told.slice(-2)).toEqual([first, second])
    expect(second.checkpoint).toMatchObject({ workspaceId: WORKSPACE, seq: 3 })
    expect(await log.auditDesk.verify(WORKSPACE, inFile())).toMatchObject({
      isGood: true,
      checkpoints: 2,
    })
  })

  it('find out that the end was cut off, or the whole chain', async () => {
    await write(5)
    await log.checkpoints.take(WORKSPACE)
    await log.raw.deleteMany({ seq: { $gt: 3 } })
    expect(await log.auditDesk.verify(WORKSPACE, inFile())).toMatchObject({
      isGood: false,
      faults: [{ fault: 'rolled-back', seq: 3 }],
    })
    await log.raw.deleteMany({})
    expect(await log.auditDesk.verify(WORKSPACE, inFile())).toMatchObject({ isGood: false })
  })

  it('are taken now and then of what grew, and after a start of everything', async () => {
    const after = log.instance() // an instance that has just started
    await write(1)
    await after.checkpoints.takeDue()
    expect(inFile()).toHaveLength(1)
    await after.audit.write(aView())
    await after.checkpoints.takeDue()
    expect(inFile()).toHaveLength(1) // not yet due
    await log.clock.advance(3_600_000)
    await after.checkpoints.takeDue()
    expect(inFile().map(({ checkpoint }) => checkpoint.seq)).toEqual([1, 2])
    await log.clock.advance(3_600_000)
    await after.checkpoints.takeDue()
    expect(inFile()).toHaveLength(2) // nothing grew
  })

  it('are believed only when this service signed just that', async () => {
    await write(2)
    const good = await log.checkpoints.take(WORKSPACE)
    const keys = await log.signer.publicKeys()
    expect(await isGenuine(good, keys)).toBe(true)
    const { checkpoint, signature } = good
    const stranger = new StatementSigner(Buffer.alloc(32, 8))
    const bad = [
      { checkpoint: { ...checkpoint, seq: 1 }, signature },
      { checkpoint: { ...checkpoint, hash: 'another' }, signature },
      { checkpoint: { ...checkpoint, workspaceId: 'another' }, signature },
      { checkpoint, signature: `${signature.slice(0, -4)}AAAA` },
      { checkpoint, signature: '' },
      { checkpoint, signature: await stranger.signJson('flowcrm-audit-checkpoint', checkpoint) },
      // the same key signs statements: one of those is no checkpoint
      { checkpoint, signature: await log.signer.signJson('flowcrm-statement', checkpoint) },
    ]
    for (const each of bad) {
      expect(await isGenuine(each, keys)).toBe(false)
      const verdict = await log.auditDesk.verify(WORKSPACE, [each])
      expect(verdict.faults.map(({ fault }) => fault)).toContain('bad-checkpoint')
    }
  })

  it.each(['{', '{}', 'null', '{"checkpoint":{},"signature":""}'])(
    'are not read from %s',
    (line) => {
      expect(() => readCheckpoints(`${line}\n`)).toThrow(
        'Line 1 of the checkpoints cannot be read.',
      )
    },
  )
})

describe('an export', () => {
  const exported = async (format: ExportFormat) => {
    const records = await log.auditDesk.export(WORKSPACE, {}, { who: OPERATOR, format })
    const lines: string[] = []
    for await (const line of linesOf(records, format)) lines.push(line)
    return lines
  }

  it('is every entry as a line of JSON, itself included', async () => {
    await write(2)
    const records = (await exported('jsonl')).map((line) => AuditRecord.parse(JSON.parse(line)))
    expect(records.map(({ seq, action }) => [seq, action])).toEqual([
      [1, 'email-viewed'],
      [2, 'email-viewed'],
      [3, 'audit-exported'],
    ])
    expect(records[2]).toMatchObject({ who: OPERATOR, details: { format: 'jsonl' } })
  })

  it('is a table that a spreadsheet reads, and runs nothing of', async () => {
    await log.audit.write(
      aView({ object: { kind: 'email', id: '=1+1' }, details: { why: 'say "so", please' } }),
    )
    const [columns, first] = await exported('csv')
    expect(columns).toBe(
      '"seq","at","userId","role","action","objectKind","objectId","details","salt","detailsHash","prevHash","hash"\r\n',
    )
    expect(first).toContain(`"${ALICE}","member","email-viewed","email","'=1+1"`)
    expect(first).toContain('"{""why"":""say \\""so\\"", please""}"')
  })
})
