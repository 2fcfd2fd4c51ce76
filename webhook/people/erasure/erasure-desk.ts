import type { Erasure } from '../../../models/people/erasure.ts'
import type { AuditActor } from '../../../models/wire/audit.ts'
import type {
  Erasure as WireErasure,
  ErasureDryRun,
  ErasureReport,
  SignedErasureReport,
  Subject as WireSubject,
} from '../../../models/wire/people/erasure.ts'
import type { Audit } from '../../audit/audit.ts'
import type { Clock } from '../../clock.ts'
import type { ErasureCrashHook } from '../../crash-points.ts'
import { NotFoundError, TakenError } from '../../errors.ts'
import { subjectOf, type Subject } from '../subject.ts'
import type { Subjects } from '../subjects.ts'
import type { SuppressionStore } from '../suppressions.ts'
import type { Eraser, OnProgress } from './eraser.ts'
import type { ErasureStore } from './erasure-store.ts'
import type { ErasureRecord } from './record.ts'
import { liftingOf } from './report.ts'
import { survey, type SurveyParts } from './survey.ts'

export type ErasureDeskParts = SurveyParts & {
  subjects: Subjects
  erasures: ErasureStore
  eraser: Eraser
  suppressions: SuppressionStore
  record: ErasureRecord
  audit: Audit
  clock: Clock
  crash: ErasureCrashHook
}

/** Whatever the database that was restored knows of it. */
const BEGUN_AGAIN: Partial<Erasure> = {
  ...{ step: 'suppressing', foundAny: false, stretch: null, looks: 0, finishedAt: null },
}

/** Who asks, and of which workspace. */
export type Asking = { workspaceId: string; who: AuditActor }

/** Taking people out, for administrators and whoever runs the service. */
export class ErasureDesk {
  constructor(private readonly parts: ErasureDeskParts) {}

  async dryRun({ workspaceId }: Asking, asked: WireSubject): Promise<ErasureDryRun> {
    return survey(this.parts, await this.parts.subjects.find(workspaceId, asked))
  }

  /** Begun, and carried on by whoever comes first. Asking twice is one erasure. */
  async begin(asking: Asking, asked: WireSubject): Promise<WireErasure> {
    const { subjects } = this.parts
    const subject = await subjects.find(asking.workspaceId, asked)
    await subjects.refuseOwn(subject)
    const id = await this.parts.erasures.idFor(subject)
    return presentErasure(await this.write(asking, { id, subject }))
  }

  /** Carries it on here and now, as far as that goes. */
  async carryOn(
    { workspaceId }: Asking,
    id: string,
    { signal, onProgress }: { signal: AbortSignal; onProgress?: OnProgress },
  ): Promise<WireErasure> {
    const { erasures, eraser } = this.parts
    const claimed = await erasures.claim(id)
    const erasure = claimed && (await eraser.carryOn(claimed, signal, onProgress))
    return presentErasure(erasure ?? (await erasures.get(workspaceId, id)))
  }

  /**
   * What a report says was done, is done again: on a database that was restored from a backup. Also where the backup knows
   * of it, as its collections may be of different moments.
   */
  async repeat(who: AuditActor, report: ErasureReport): Promise<string> {
    const { erasures } = this.parts
    const { id, workspaceId } = report
    const subject = subjectOf(workspaceId, report.suppressed)
    const erasure = await this.write({ workspaceId, who }, { id, subject })
    await erasures.save(erasure, BEGUN_AGAIN)
    return id
  }

  async list({ workspaceId }: Asking): Promise<WireErasure[]> {
    return (await this.parts.erasures.list(workspaceId)).map(presentErasure)
  }

  async find({ workspaceId }: Asking, id: string): Promise<WireErasure> {
    return presentErasure(await this.get(workspaceId, id))
  }

  /** Throws a NotFoundError until it is done. */
  async report({ workspaceId }: Asking, id: string): Promise<SignedErasureReport> {
    const { report } = await this.get(workspaceId, id)
    if (report === null)
      throw new NotFoundError('There is no report yet. Come back when it is done.')
    return JSON.parse(report) as SignedErasureReport
  }

  /** New mail of the person comes in again. What was erased stays so. */
  async lift({ workspaceId, who }: Asking, asked: WireSubject): Promise<number> {
    const { subjects, erasures, suppressions, record, audit, clock } = this.parts
    const { keys, id } = await subjects.find(workspaceId, asked)
    await this.refuseErasing(workspaceId, keys)
    const known = await suppressions.of(workspaceId, keys)
    if (known.size === 0) return 0
    await audit.write({
      ...{ workspaceId, who, action: 'suppression-lifted', object: { kind: 'person', id } },
      details: { spellings: known.size },
    })
    await erasures.endLooks(workspaceId, keys) // else one of them would take the new mail
    await this.refuseErasing(workspaceId, keys)
    await record.lifting(liftingOf(workspaceId, clock.now(), [...known]))
    return suppressions.lift(workspaceId, [...known])
  }

  private async refuseErasing(workspaceId: string, keys: string[]): Promise<void> {
    if (await this.parts.erasures.isErasing(workspaceId, keys))
      throw new TakenError('This person is being erased. Wait until that is done.')
  }

  private async write(
    { workspaceId, who }: Asking,
    { id, subject }: { id: string; subject: Subject },
  ): Promise<Erasure> {
    const { audit, traces, erasures, crash } = this.parts
    const total = await traces.countEmails(subject)
    await audit.write({
      ...{ workspaceId, who, action: 'person-erased', object: { kind: 'erasure', id } },
      details: { emails: total, spellings: subject.keys.length },
    })
    const erasure = await erasures.begin(id, { subject, by: who, total })
    crash('erasure-begun')
    return erasure
  }

  private async get(workspaceId: string, id: string): Promise<Erasure> {
    const erasure = await this.parts.erasures.find(workspaceId, id)
    if (!erasure) throw new NotFoundError()
    return erasure
  }
}

const presentErasure = (erasure: Erasure): WireErasure => {
  const { _id: id, askedAt, finishedAt, step, figures, total } = erasure
  const resting = step === 'looking' ? 'waiting' : 'running'
  return {
    ...{ id, figures, done: figures.emails },
    total: Math.max(total, figures.emails),
    state: finishedAt ? 'done' : resting,
    askedAt: askedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }
}
