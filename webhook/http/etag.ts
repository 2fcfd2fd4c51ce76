import type { Request, Response } from 'express'
import type { z } from 'zod'
import { ChangedMeanwhileError, PreconditionMissingError } from '../errors.ts'
import { answer } from './parse.ts'

type Version = string | number

const tagOf = (version: Version): string => `"${version}"`

/** Answers with what is edited, and says which version of it this is (RFC 9110, 8.8.3). */
export function answerVersioned<T>(
  response: Response,
  schema: z.ZodType<T>,
  { value, version }: { value: T; version: Version },
): void {
  response.set('ETag', tagOf(version))
  answer(response, schema, value)
}

/**
 * Who edits must have seen what is there now, and says so by `If-Match`: else the last one to save would undo what others
 * did (RFC 9110, 13.1.1). Without it: 428; with another version: 412.
 */
export function requireVersion(request: Request, current: Version): void {
  const given = request.get('if-match')
  if (given === undefined) throw new PreconditionMissingError()
  const tags = given.split(',').map((tag) => tag.trim())
  if (!tags.includes('*') && !tags.includes(tagOf(current))) throw new ChangedMeanwhileError()
}

/** The version that the client has seen, for a desk that compares and sets by it. Throws when there is none. */
export function versionSeen(request: Request): number {
  const given = request.get('if-match')
  if (given === undefined) throw new PreconditionMissingError()
  const version = /^"(\d{1,15})"$/.exec(given.trim())?.[1]
  if (version === undefined) throw new ChangedMeanwhileError()
  return Number(version)
}
