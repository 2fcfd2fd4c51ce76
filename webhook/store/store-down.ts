import mongoose, { mongo } from 'mongoose'
import { StoreUnavailableError } from '../errors.ts'

/** A server that is there and cannot write, or no longer: MongoDB's codes (src/mongo/base/error_codes.yml). */
const CANNOT_WRITE = new Set<unknown>([
  91, // ShutdownInProgress
  189, // PrimarySteppedDown
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  14031, // OutOfDiskSpace
])

/** Whether a failure says that the database cannot be used, by class and code: other people's texts change. */
export const isStoreDown = (error: unknown): boolean =>
  (error instanceof mongo.MongoServerError && CANNOT_WRITE.has(error.code)) ||
  [
    StoreUnavailableError,
    mongo.MongoNetworkError,
    mongo.MongoServerSelectionError,
    mongo.MongoNotConnectedError,
    mongo.MongoTopologyClosedError,
    mongo.MongoClientClosedError,
    mongo.MongoServerClosedError,
    mongo.MongoOperationTimeoutError,
    mongoose.Error.MongooseServerSelectionError,
  ].some((kind) => error instanceof kind)
