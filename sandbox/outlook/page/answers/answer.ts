import type { Call } from '../messages.ts'
import type { Open, Scene } from './asked.ts'
import { commonAnswers } from './common.ts'
import { composeAnswers } from './compose.ts'
import { mailboxAnswers, meetingAnswers } from './others.ts'
import { readAnswers } from './read.ts'
import { Refusal } from './refusal.ts'

/** What Outlook says to a call; throws a Refusal. `open` is null for calls about no item. */
export async function answerTo(call: Call, open: Open | null, scene: Scene): Promise<unknown> {
  const { calls } = scene.faults
  if (calls === 'offline') throw new Refusal('NetworkError', 'There is no connection.')
  if (calls === 'failing') throw new Refusal('InternalServerError')
  const answer = tableFor(open)[call.method]
  if (!answer) throw new Refusal('InternalError', `Outlook has no ${call.method} here.`)
  return answer({ open, scene, args: call.args, options: call.options })
}

type Table = Partial<Record<string, (asked: never) => unknown>>

/** Methods that stand in several tables are the later one's. */
function tableFor(open: Open | null): Record<string, ((asked: object) => unknown) | undefined> {
  return (open ? { ...commonAnswers, ...TABLES[open.kind] } : mailboxAnswers) as Record<
    string,
    (asked: object) => unknown
  >
}

const TABLES: Record<Open['kind'], Table> = {
  message: readAnswers,
  draft: composeAnswers,
  meeting: { ...readAnswers, ...meetingAnswers },
}
