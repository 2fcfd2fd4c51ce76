import type { GraphRequest, GraphResponse, PathParams } from '../http/route.ts'
import { folderFor, mailboxFor, seesBasicsOnly } from '../mail/access.ts'
import type { MessageLook } from '../mail/message/message-json.ts'
import { parseExpand } from '../mail/odata/expand.ts'
import { MESSAGE_PROPERTIES, parseSelect } from '../mail/odata/select.ts'
import { preferencesOf, type Preferences } from '../mail/preferences.ts'
import type { Folder } from '../store/item.ts'
import type { Mailbox } from '../store/mailbox.ts'
import type { Mailboxes } from '../store/mailboxes.ts'
import { repeating, replayed, rest } from './faults.ts'
import { keyed } from './links.ts'
import { recordJson } from './message-records.ts'
import { parseDeltaQuery, type DeltaQuery } from './query.ts'
import { nextLink, roundOf, type Place, type Round } from './rounds.ts'
import type { SyncStates } from './sync-states.ts'
import { step, type Step } from './walk.ts'

export type DeltaDeps = { mailboxes: Mailboxes; states: SyncStates }

/** Changes of the messages of one folder, round by round (graph-contract 3.1 to 3.3). */
export async function messageDelta(
  deps: DeltaDeps,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const { mailboxes, states } = deps
  const mailbox = mailboxFor(mailboxes, request, params.user ?? '')
  const folder = folderFor(mailbox, params.folder ?? '')
  const prefer = preferencesOf(request)
  const place = placeOf(mailbox, folder)
  const round = roundOf(request, place, { states, knobs: mailboxes.knobs, parse: parseDeltaQuery })
  const { records, cursor, complete } = takeStep(mailboxes, { mailbox, folder, round, prefer })
  const look = lookOf(round.query, prefer, seesBasicsOnly(request))
  const value = await Promise.all(
    records.map((record) => recordJson(mailboxes, mailbox, record, look)),
  )
  return {
    status: 200,
    headers: prefer.applied,
    body: {
      '@odata.context': `${request.origin}/v1.0/$metadata#Collection(message)`,
      ...nextLink(request, place, states, { round, cursor, complete }),
      value,
    },
  }
}

const placeOf = ({ userId, changeNumber }: Mailbox, { id }: Folder): Place => ({
  userId,
  id,
  path: `${keyed('users', userId)}/${keyed('mailFolders', id)}/messages`,
  changeNumber,
})

type At = { mailbox: Mailbox; folder: Folder; round: Round; prefer: Preferences }

function takeStep(
  { knobs, random, clock }: Mailboxes,
  { mailbox, folder, round, prefer }: At,
): Step {
  const cursor = round.beginsRound ? replayed(folder, round.cursor, random, knobs) : round.cursor
  const size = Math.min(prefer.maxPageSize ?? knobs.defaultPageSize, knobs.maxDeltaPageSize)
  const horizon = clock.now().getTime() - knobs.deltaLagMs
  const walk = { mailbox, folder, query: round.query, idType: prefer.idType, size, horizon, knobs }
  return (
    rest(cursor, random, knobs) ?? repeating(step(walk, { ...cursor, rested: 0 }), random, knobs)
  )
}

function lookOf(
  { select, expand }: DeltaQuery,
  { idType, bodyType }: Preferences,
  basicsOnly: boolean,
): MessageLook {
  const selected = parseSelect(select ?? null, MESSAGE_PROPERTIES)
  return {
    idType,
    bodyType,
    expand: parseExpand(expand ?? null),
    basicsOnly,
    ...(selected ? { select: selected } : {}),
  }
}
