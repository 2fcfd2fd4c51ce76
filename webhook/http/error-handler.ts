import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import {
  AppError,
  BadRequestError,
  NotFoundError,
  ProviderError,
  SignInError,
  StoreUnavailableError,
  TooLargeError,
} from '../errors.ts'
import { isStoreDown } from '../store/store-down.ts'
import { presentProblemPage } from './presenters/problem-page.ts'
import { presentProblem } from './presenters/problem.ts'
import { retryAfterSecondsOf } from './problems.ts'
import { requestIdOf } from './middleware/request-log.ts'

/** Whatever no route answered. */
export const nothingHere: RequestHandler = () => {
  throw new NotFoundError()
}

/** Every failure of a request ends here: as a Problem for the client, and as a line in the log when it is ours. */
export function errorHandler(
  log: Logger,
  onStoreDown: () => void = () => undefined,
): ErrorRequestHandler {
  return (thrown: unknown, request, response, _next) => {
    const error = translated(thrown)
    if (error instanceof StoreUnavailableError) onStoreDown()
    const problem = presentProblem(error, requestIdOf(response))
    if (problem.status >= 500)
      log.error(
        { requestId: problem.requestId, providerCode: providerCodeOf(error), err: rootOf(error) },
        problem.code,
      )
    // Too late for an answer: the client must see that this one is broken.
    if (response.headersSent) return void response.destroy()
    const retryAfterSeconds = retryAfterSecondsOf(error)
    if (retryAfterSeconds !== null) response.set('Retry-After', String(retryAfterSeconds))
    response.status(problem.status).set('Cache-Control', 'no-store').vary('Accept')
    // Only a browser on its way somewhere prefers a page; scripts say JSON or do not mind.
    if (request.accepts(['json', 'html']) === 'html')
      response.type('html').send(presentProblemPage(problem))
    else response.type('application/problem+json').send(JSON.stringify(problem))
  }
}

/** Other people's errors in our terms, by class and code. */
function translated(error: unknown): unknown {
  if (error instanceof AppError) return error
  if (isStoreDown(error))
    return new StoreUnavailableError('The database does not answer. Try again in a moment.', {
      cause: error,
    })
  switch (httpStatusOf(error)) {
    case 413:
      return new TooLargeError()
    case 404:
      return new NotFoundError()
    case null:
      return error
    default:
      return new BadRequestError('The request could not be read.')
  }
}

/** The 4xx that Express's own parts (body parser, router, file sender) put on what they throw. */
function httpStatusOf(error: unknown): number | null {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null
}

/** Where it began: what our own error is about, its code has said already. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error
}

const providerCodeOf = (error: unknown) =>
  error instanceof ProviderError || error instanceof SignInError
    ? error.details.providerCode
    : undefined
