import { z } from 'zod'
import { BadRequestError } from '../errors.ts'

/** A place in a list that is sorted by a time and then by id, both the newest first. */
export type Place = { at: Date; id: string }

const Cursor = z.tuple([z.iso.datetime(), z.string()])

export const writeCursor = ({ at, id }: Place): string =>
  Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url')

/** Throws a BadRequestError for what `writeCursor` did not make. */
export function readCursor(text: string | null): Place | null {
  if (text === null) return null
  try {
    const [at, id] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return { at: new Date(at), id }
  } catch {
    throw new BadRequestError('This page is not known. Start at the first one.', [
      { path: 'cursor', message: 'must be the nextCursor of an earlier answer' },
    ])
  }
}

/** What comes after a place, in a list sorted by this field. */
export const after = (field: string, place: Place | null) =>
  place && {
    $or: [{ [field]: { $lt: place.at } }, { [field]: place.at, _id: { $lt: place.id } }],
  }

/** The first `limit` of what was asked for with one more, and where the next page begins. */
export function cut<T>(found: T[], limit: number, placeOf: (item: T) => Place) {
  const items = found.slice(0, limit)
  const last = found.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? writeCursor(placeOf(last)) : null }
}
