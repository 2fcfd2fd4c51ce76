/** An error as Graph words it: status, `error.code`, message, and headers such as `Retry-After` (graph-contract 6.2). */
export class GraphFault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
  }
}

/** A message, folder or attachment that is not there, or no longer under this id (graph-contract 6.2). */
export const itemNotFound = () =>
  new GraphFault(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')

/** A user that is unknown in the caller's tenant (graph-contract 6.2). */
export const notDiscovered = () =>
  new GraphFault(404, 'ResourceNotFound', 'Resource could not be discovered.')

/** A subscription that is unknown, expired or removed (graph-contract 1.6). */
export const resourceNotFound = () =>
  new GraphFault(404, 'ResourceNotFound', 'The object was not found.')

export const badRequest = (message: string, code = 'BadRequest') =>
  new GraphFault(400, code, message)

export const accessDenied = () =>
  new GraphFault(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
