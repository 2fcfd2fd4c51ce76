import type { Problem } from '../../../models/wire/problem.ts'
import { fieldsOf, internal, kindOf } from '../problems.ts'

/** An error as clients see it. What we did not expect says nothing but its request id. */
export function presentProblem(error: unknown, requestId: string): Problem {
  const { code, status, title } = kindOf(error)
  const fields = fieldsOf(error)
  const isExpected = code !== internal.code && error instanceof Error
  return {
    type: `urn:flowcrm:problem:${code}`,
    title,
    status,
    code,
    detail: isExpected
      ? error.message
      : 'This is our fault. Try again; if it stays, give support the request id.',
    requestId,
    ...(fields && { fields }),
  }
}
