import type { AppContext } from '../context.ts'
import { SECOND } from '../duration.ts'
import type { KeyState } from '../rotation/rotation.ts'
import { EXIT, UsageError, type Answer } from './cli-io.ts'
import { figure, moment, table } from './layout.ts'

/** `tell` is given progress, line by line. */
export type KeyOptions = { tell: (line: string) => void }

const LOOK_MS = 5 * SECOND

/** Keys: how they are, a new version of a workspace's key, or all of them under a new root key. */
export async function keys(
  context: AppContext,
  [what, workspaceId]: [string, ...string[]],
  options: KeyOptions,
): Promise<Answer> {
  switch (what) {
    case 'status':
      return stateOf(await states(context, workspaceId))
    case 'rotate':
      return rotate(context, await known(context, workspaceId), options)
    case 'root':
      return underRoot(context)
    default:
      throw new UsageError(
        'Say what: flowcrm keys status, flowcrm keys rotate <workspace>, or flowcrm keys root',
      )
  }
}

const states = async (context: AppContext, workspaceId?: string): Promise<KeyState[]> =>
  workspaceId
    ? [await context.rotation.state(await known(context, workspaceId))]
    : context.rotation.states()

/** Asking for the keys of a workspace makes them: so only for one that is there. */
async function known({ workspaceKeys }: AppContext, workspaceId?: string): Promise<string> {
  if (workspaceId && (await workspaceKeys.workspaces()).includes(workspaceId)) return workspaceId
  throw new UsageError(
    'No such workspace has keys. A workspace is named by its tenant id; all are listed by: flowcrm keys status',
  )
}

/** Waits until the new version is in use, then moves everything to it. The old one ends later, by running instances or by this. */
async function rotate(
  { rotation, clock }: AppContext,
  workspaceId: string,
  { tell }: KeyOptions,
): Promise<Answer> {
  let state = await rotation.begin(workspaceId)
  const total = state.left
  let done = 0
  const onMoved = (count: number) => {
    done += count
    if (count > 0) tell(`${figure(done)} of ${figure(total)}`)
  }
  if (clock.now() < state.activeAt)
    tell(`Version ${state.version} is used from ${moment(state.activeAt.toISOString())} on.`)
  while (clock.now() < state.activeAt) await clock.sleep(LOOK_MS)
  state = await rotation.goOn(workspaceId, { onMoved })
  return stateOf([state])
}

async function underRoot({ rotation }: AppContext): Promise<Answer> {
  const moved = await rotation.rewrapByRoot()
  const text = `${figure(moved)} keys were wrapped anew. All of them are under ROOT_KEY now; ROOT_KEY_OLD is no longer needed.`
  return { text, json: { moved }, exit: EXIT.fine }
}

function stateOf(found: KeyState[]): Answer {
  const isDone = found.every(({ left, isUnderRoot }) => left === 0 && isUnderRoot)
  return {
    json: { workspaces: found },
    text: table([
      ['WORKSPACE', 'VERSION', 'SINCE', 'OLDER', 'LEFT UNDER THEM', 'THEY END', 'ROOT KEY'],
      ...found.map(({ workspaceId, version, activeAt, older, left, destroyAt, isUnderRoot }) => [
        workspaceId,
        String(version),
        moment(activeAt.toISOString()),
        older.join(', ') || 'none',
        figure(left),
        moment(destroyAt?.toISOString() ?? null),
        isUnderRoot ? 'ROOT_KEY' : 'another',
      ]),
    ]),
    exit: isDone ? EXIT.fine : EXIT.incomplete,
  }
}
