import mongoose, { mongo } from 'mongoose'
import { StoreUnavailableError } from '../errors.ts'

/** Whether a failure says that the database cannot be reached, by class: other people's texts change. */
export const isStoreDown = (error: unknown): boolean =>
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
