import { NEVER } from '../../../../models/folder.ts'
import { erasureModel } from '../../../../models/people/erasure.ts'
import { OPERATOR } from '../../../../webhook/audit/audit.ts'
import type { AppContext } from '../../../../webhook/context.ts'
import { reportOf } from '../../../../webhook/people/erasure/report.ts'

/** Of somebody nobody knows, with its report: as if its minutes were over. */
export async function anErasureThatIsDone(
  { erasureDesk, db }: Pick<AppContext, 'erasureDesk' | 'db'>,
  workspaceId: string,
): Promise<string> {
  const asked = { addresses: ['long-gone@stranger.example'] }
  const { id } = await erasureDesk.begin({ workspaceId, who: OPERATOR }, asked)
  const erasures = erasureModel(db)
  const erasure = (await erasures.findById(id).lean())!
  const at = new Date()
  const report = { report: reportOf(erasure, { at, rulesNaming: 0 }), signature: 'not.looked.at' }
  const done = { step: 'done', finishedAt: at, dueAt: NEVER, report: JSON.stringify(report) }
  await erasures.updateOne({ _id: id }, { $set: done, $inc: { rev: 1 } })
  return id
}
