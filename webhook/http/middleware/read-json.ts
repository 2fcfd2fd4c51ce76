import { json, type RequestHandler } from 'express'
import { BadRequestError } from '../../errors.ts'

/** What our schemas need is three deep and has some hundred fields; a rule set or a list of folders some thousand. */
const MOST_DEPTH = 32
const MOST_VALUES = 50_000
/** What nobody names a field, unless to reach what all objects share. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

const HALF_A_PAIR = /\p{Surrogate}/u
const NO_TEXT = 'holds half of a surrogate pair, which is no text'

/** Reads a JSON body, and turns away what no client of ours would send, before anybody walks through it. */
export function readJson(options: { limit?: number | string } = {}): RequestHandler {
  const read = json(options)
  return (request, response, next) =>
    read(request, response, (error?: unknown) => {
      if (error) return next(error)
      const fault = faultIn(request.body)
      if (fault)
        return next(new BadRequestError('The request is not as FlowCRM needs it.', [fault]))
      next()
    })
}

/** The first thing that is wrong with it. Without recursion, as depth is what somebody may attack with. */
function faultIn(body: unknown): { path: string; message: string } | null {
  const rest: { value: unknown; depth: number }[] = [{ value: body, depth: 0 }]
  let values = 0
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { value, depth } = next
    if (++values > MOST_VALUES) return whole(`holds more than ${MOST_VALUES} values`)
    if (typeof value === 'string' && HALF_A_PAIR.test(value)) return whole(NO_TEXT)
    if (typeof value !== 'object' || value === null) continue
    if (depth === MOST_DEPTH) return whole(`is nested deeper than ${MOST_DEPTH}`)
    for (const name of Object.keys(value)) {
      if (FORBIDDEN.has(name)) return whole(`has a field ${name}, which is no field of anything`)
      if (HALF_A_PAIR.test(name)) return whole(NO_TEXT)
      rest.push({ value: (value as Record<string, unknown>)[name], depth: depth + 1 })
    }
  }
  return null
}

const whole = (message: string) => ({ path: '', message })
