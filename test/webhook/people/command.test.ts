import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tenants } from '../../../sandbox/sign-in/directory.ts'
import type { AuditVerdict } from '../../../models/wire/audit.ts'
import type {
  Erasure,
  ErasureDryRun,
  SignedErasureReport,
} from '../../../models/wire/people/erasure.ts'
import { erasureModel } from '../../../models/people/erasure.ts'
import { OPERATOR } from '../../../webhook/audit/audit.ts'
import { anEmail } from '../../support/builders.ts'
import { startWorld } from '../../support/world.ts'
import { aTerminal, type Printed } from '../cli/a-terminal.ts'
import { untar } from './untar.ts'

const workspaceId = tenants.contoso.id
const CAROL = 'carol@customer.example'
const json = <T>({ out }: Printed) => JSON.parse(out) as T

let world: Awaited<ReturnType<typeof startWorld>>
let flowcrm: ReturnType<typeof aTerminal>
const folder = mkdtempSync(join(tmpdir(), 'flowcrm-people-'))
const file = (name: string) => join(folder, name)
const checkpoints = file('checkpoints.jsonl')
beforeAll(async () => {
  world = await startWorld({ environment: { AUDIT_CHECKPOINT_FILE: checkpoints } })
  flowcrm = aTerminal(world.environment)
  await store()
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const store = () => world.service.context.emails.see([anEmail({ workspaceId })])
/** What the service does two minutes later. */
async function lookAgain(): Promise<void> {
  const { db, erasureDesk } = world.service.context
  await erasureModel(db).updateMany({}, { $set: { suppressedAt: new Date(0) } })
  const [{ id } = { id: '' }] = await erasureDesk.list({ workspaceId, who: OPERATOR })
  const { signal } = new AbortController()
  for (let step = 0; step < 2; step++)
    await erasureDesk.carryOn({ workspaceId, who: OPERATOR }, id, { signal })
}

describe('flowcrm export and erase', () => {
  it('write all that is known into an archive that only its owner reads', async () => {
    const { exit } = await flowcrm('export', CAROL, '--out', file('carol.tar.gz'))
    expect(exit).toBe(0)
    const archive = untar(readFileSync(file('carol.tar.gz')))
    expect(archive.get('emails/0001.jsonl')?.toString()).toContain('Good morning.')
  })

  it('say what would go, and change nothing', async () => {
    const foretold = json<ErasureDryRun>(await flowcrm('erase', CAROL, '--dry-run', '--json'))
    expect(foretold.figures.emails).toBe(1)
    expect((await flowcrm('erase', CAROL, '--dry-run')).out).toMatch(/e-mails +1\n/)
  })

  it('take the person out, and a report that anybody can check is added to the checkpoints', async () => {
    const { exit, err, out } = await flowcrm('erase', CAROL, '--json')
    expect([exit, err]).toEqual([0, expect.stringContaining('1 of 1 e-mails')])
    expect(JSON.parse(out)).toMatchObject({ state: 'waiting', figures: { emails: 1 } })
    await lookAgain()
    const [line = ''] = readFileSync(checkpoints, 'utf8')
      .split('\n')
      .filter((each) => each.startsWith('{"report"'))
    expect((JSON.parse(line) as SignedErasureReport).report.figures.emails).toBe(1)
    writeFileSync(file('report.json'), line)
    expect((await flowcrm('verify-report', file('report.json'))).out).toMatch(/^Valid: /)
    writeFileSync(file('forged.json'), line.replace('"emails":1', '"emails":2'))
    expect(await flowcrm('verify-report', file('forged.json'))).toMatchObject({
      ...{ exit: 1, out: expect.stringMatching(/^NOT VALID: The readable part/) },
    })
    await flowcrm('audit', 'checkpoint')
    const verified = await flowcrm('audit', 'verify', '--checkpoint', checkpoints, '--json')
    expect(json<AuditVerdict[]>(verified)).toMatchObject([{ isGood: true }])
  })

  it('do it again after a backup was restored', async () => {
    const { db, emails } = world.service.context
    await erasureModel(db).deleteMany({})
    await db.collection('suppressions').deleteMany({})
    await store()
    const replayed = await flowcrm('erase', '--replay', checkpoints, '--json')
    expect(json<{ erasures: Erasure[] }>(replayed)).toMatchObject({
      ...{ erasures: [{ figures: { emails: 1 } }], lifted: 0 },
    })
    expect(await emails.findByIdentity(workspaceId, 'id:one')).toBeNull()
  })

  it('say what to type', async () => {
    expect((await flowcrm('erase')).exit).toBe(2)
    expect((await flowcrm('export', CAROL)).err).toMatch(/--out <file>/)
    expect((await flowcrm('erase', 'nobody')).exit).toBe(1)
    expect((await flowcrm('erase', CAROL, '--workspace', 'other')).err).toMatch(/--workspace <id>/)
  })
})
