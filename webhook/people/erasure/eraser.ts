import { NEVER } from '../../../models/folder.ts'
import {
  erasureFigures,
  type Erasure,
  type ErasureFigures,
} from '../../../models/people/erasure.ts'
import type { Clock } from '../../clock.ts'
import type { ErasureCrashHook } from '../../crash-points.ts'
import { DAY, HOUR, MINUTE } from '../../duration.ts'
import type { SuppressionStore } from '../suppressions.ts'
import { ErasureMovedError, type ErasureStore } from './erasure-store.ts'
import type { ErasureRecord } from './record.ts'
import { reportOf } from './report.ts'
import type { RulesNaming } from './rules-naming.ts'
import type { Stages } from './stages.ts'

/**
 * A decision that was made before the suppression was durable is carried out within this: a page is decided on right before
 * it is written, and its worker's lease was extended in between. A walk that begins later finds whatever it stored.
 */
export const SETTLED_AFTER_MS = 2 * MINUTE
/** A process that stood still for longer can have stored something all the same: so it is looked again, so long after. */
export const LOOK_AGAIN_MS = [3 * HOUR, DAY, 7 * DAY]

const FILES_AT_ONCE = 500

export type EraserParts = {
  erasures: ErasureStore
  suppressions: SuppressionStore
  stages: Stages
  record: ErasureRecord
  rulesNaming: RulesNaming
  clock: Clock
  crash: ErasureCrashHook
}

/** Told how far an erasure is, after each step. */
export type OnProgress = (erasure: Erasure) => void

/**
 * Carries erasures out, step by step, each written down before the next one begins; whoever comes after a crash does the
 * step again. It ends: what is suppressed is never stored by a later decision, those made before are finitely many, and
 * every walk that found something is followed by another one.
 */
export class Eraser {
  constructor(private readonly parts: EraserParts) {}

  /** A chore: what is due, here or left by another instance. One that fails waits, and holds up no other. */
  async carryOnDue(signal: AbortSignal): Promise<void> {
    const failures: unknown[] = []
    while (!signal.aborted) {
      const claimed = await this.parts.erasures.claim()
      if (!claimed) break
      try {
        await this.carryOn(claimed, signal)
      } catch (error) {
        failures.push(error)
        await this.parts.erasures.postpone(claimed)
      }
    }
    if (failures.length > 0) throw failures[0]
  }

  /** Until it is done, waits, another carries it on, or the signal aborts. */
  async carryOn(
    claimed: Erasure,
    signal: AbortSignal,
    onProgress: OnProgress = () => undefined,
  ): Promise<Erasure> {
    let erasure = claimed
    try {
      do {
        erasure = await this.step(erasure)
        onProgress(erasure)
      } while (!signal.aborted && !isResting(erasure))
      return isResting(erasure) ? erasure : await this.leave(erasure)
    } catch (error) {
      if (!(error instanceof ErasureMovedError)) throw error
      return this.parts.erasures.get(erasure.workspaceId, erasure._id)
    }
  }

  private async step(erasure: Erasure): Promise<Erasure> {
    switch (erasure.step) {
      case 'suppressing':
        return this.suppress(erasure)
      case 'emails':
      case 'ledger':
      case 'people':
        return this.take(erasure, erasure.step)
      case 'looking':
      case 'done':
        return this.lookAgain(erasure)
    }
  }

  /** First of all: from here on nothing of the person comes in. */
  private async suppress(erasure: Erasure): Promise<Erasure> {
    const { suppressions, clock, crash } = this.parts
    const { workspaceId, _id, keys } = erasure
    await suppressions.add(workspaceId, _id, keys)
    crash('person-suppressed')
    const suppressedAt = clock.now()
    return this.save(erasure, { suppressedAt, step: 'emails', walkAt: suppressedAt })
  }

  /** What is found is written down, then it goes, then it is counted. */
  private async take(erasure: Erasure, step: Walking): Promise<Erasure> {
    const { stages, crash } = this.parts
    const stage = stages[step]
    if (erasure.stretch) {
      const { figures, stretch } = erasure
      await stage.take(erasure, stretch)
      const inUse = await stages.letGo(stretch.blobIds)
      crash('erasure-stretch-taken')
      return this.save(erasure, {
        ...{ stretch: null, foundAny: true },
        figures: sumOf(figures, stretch.figures),
        blobIds: [...new Set([...erasure.blobIds, ...inUse])],
      })
    }
    const stretch = await stage.find(erasure)
    if (stretch) {
      const written = await this.save(erasure, { stretch })
      crash('erasure-stretch-found')
      return written
    }
    if (step === 'emails') return this.save(erasure, { step: 'ledger' })
    if (step === 'ledger') return this.save(erasure, { step: 'people' })
    return this.endWalk(erasure)
  }

  private async endWalk(erasure: Erasure): Promise<Erasure> {
    const { clock } = this.parts
    const { foundAny, suppressedAt, walkAt } = erasure
    const settledAt = new Date((suppressedAt ?? clock.now()).getTime() + SETTLED_AFTER_MS)
    if (!foundAny && walkAt && walkAt >= settledAt) return this.finish(erasure)
    const now = clock.now()
    return this.save(erasure, { step: 'looking', dueAt: settledAt > now ? settledAt : now })
  }

  /** Files that were in use go first, some at a time; then everything is walked over. */
  private async lookAgain(erasure: Erasure): Promise<Erasure> {
    const { stages, clock } = this.parts
    const rest = erasure.blobIds.slice(FILES_AT_ONCE)
    const inUse = await stages.letGo(erasure.blobIds.slice(0, FILES_AT_ONCE))
    const walkAt = clock.now()
    const blobIds = [...rest, ...inUse]
    if (rest.length > 0 && inUse.length === 0) return this.save(erasure, { blobIds, dueAt: walkAt })
    const looks = erasure.step === 'done' ? erasure.looks + 1 : erasure.looks
    return this.save(erasure, { step: 'emails', walkAt, foundAny: false, looks, blobIds })
  }

  /** A later look that found nothing new changes nothing of the report. */
  private async finish(erasure: Erasure): Promise<Erasure> {
    const { record, rulesNaming, clock, crash } = this.parts
    const at = clock.now()
    const waitMs = LOOK_AGAIN_MS[erasure.looks]
    const rest = {
      ...{ step: 'done' as const, finishedAt: erasure.finishedAt ?? at },
      dueAt: waitMs === undefined ? NEVER : new Date(at.getTime() + waitMs),
    }
    const report = reportOf(erasure, { at, rulesNaming: await rulesNaming.count(erasure) })
    if (saysTheSame(erasure.report, report)) return this.save(erasure, rest)
    const signed = await record.report(report)
    crash('erasure-reported')
    return this.save(erasure, { ...rest, report: JSON.stringify(signed) })
  }

  /** Others go on at once. */
  private leave(erasure: Erasure): Promise<Erasure> {
    return this.save(erasure, { dueAt: this.parts.clock.now() })
  }

  private save(erasure: Erasure, changes: Partial<Erasure>): Promise<Erasure> {
    return this.parts.erasures.save(erasure, changes)
  }
}

type Walking = 'emails' | 'ledger' | 'people'

const isResting = ({ step }: Erasure): boolean => step === 'looking' || step === 'done'

function sumOf(one: ErasureFigures, other: ErasureFigures): ErasureFigures {
  const sum = { ...one }
  for (const name of erasureFigures) sum[name] = (sum[name] ?? 0) + (other[name] ?? 0)
  return sum
}

function saysTheSame(before: string | null, report: ReturnType<typeof reportOf>): boolean {
  if (before === null) return false
  const { report: was } = JSON.parse(before) as { report: typeof report }
  return (
    JSON.stringify([was.figures, was.remaining]) ===
    JSON.stringify([report.figures, report.remaining])
  )
}
