import { GraphFault } from '../errors.ts'
import type { GraphRequest } from '../http/route.ts'
import type { MailKnobs } from '../mail/knobs.ts'
import type { DeltaQuery } from './query.ts'
import { linkTo, tokenText } from './links.ts'
import type { SyncStates } from './sync-states.ts'
import { readToken, type Cursor, type DeltaToken } from './token.ts'

/** What is being followed: a folder's messages, or a mailbox's folders. */
export type Place = { userId: string; id: string; path: string; changeNumber: number }

/** Where a call stands; `beginsRound` when it is the first one of a round. */
export type Round = DeltaToken & { beginsRound: boolean }

export type RoundOptions = {
  states: SyncStates
  knobs: Pick<MailKnobs, 'deltaReset'>
  /** Reads the options of a first call. */
  parse: (query: URLSearchParams) => DeltaQuery
}

/** Begins a series of rounds, or takes up the one whose link was followed; throws 410 when that is forgotten. */
export function roundOf(
  request: GraphRequest,
  place: Place,
  { states, knobs, parse }: RoundOptions,
): Round {
  const given = tokenText(request.query)
  if (!given) return firstRound(parse(request.query), place, states)
  const token = readToken(given.text)
  try {
    states.check(place.userId, place.id, token)
  } catch (error) {
    throw error instanceof GraphFault && knobs.deltaReset === 'location'
      ? resetOf(request, place, error)
      : error
  }
  return { ...token, beginsRound: given.beginsRound }
}

/** The link to what comes next. */
export function nextLink(
  request: GraphRequest,
  place: Place,
  states: SyncStates,
  { round, cursor, complete }: { round: Round; cursor: Cursor; complete: boolean },
): Record<string, string> {
  const { chain, generation, query } = round
  const token = { chain, generation: states.advance(chain, generation), query, cursor }
  return linkTo(request, place.path, token, complete)
}

function firstRound(query: DeltaQuery, place: Place, states: SyncStates): Round {
  const byAge = query.since !== undefined || query.newestFirst
  return {
    ...states.begin(place.userId, place.id),
    query,
    cursor: {
      base: place.changeNumber,
      isInitial: true,
      after: 0,
      ...(byAge ? { older: 'newest' } : {}),
      shown: 0,
      rested: 0,
    },
    beginsRound: true,
  }
}

/** 410 that also says where to start again (graph-contract 3.3). */
const resetOf = ({ origin }: GraphRequest, { path }: Place, { status, message }: GraphFault) =>
  new GraphFault(status, 'resyncRequired', message, {
    location: `${origin}/v1.0/${path}/delta?$deltatoken=`,
  })
