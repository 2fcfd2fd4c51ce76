/** MongoDB's own error codes (src/mongo/base/error_codes.yml), as far as the stand-in answers with them. */
const CODES = {
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  InvalidIdField: 53,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  InvalidIndexSpecificationOption: 197,
  NotImplemented: 238,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
  Location31249: 31249,
  Location31253: 31253,
  Location31254: 31254,
  Location40324: 40324,
  Location40573: 40573,
  Location40415: 40415,
} as const

export type CodeName = keyof typeof CODES

/** A refusal as the client sees it: `code` and `codeName` are the real server's. */
export class CommandError extends Error {
  readonly code: number

  constructor(
    readonly codeName: CodeName,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = 'CommandError'
    this.code = CODES[codeName]
  }
}

/** What this stand-in lacks is refused in these words, never done half. */
export const notImplemented = (what: string): CommandError =>
  new CommandError('NotImplemented', `${what} is not part of the sandbox database`)
