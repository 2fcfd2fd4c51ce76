import type { Connection } from 'mongoose'
import { threadKeyModel } from './thread-key.ts'
import { threadMergeModel } from './thread-merge.ts'

/** Every collection that threads are made of. */
export const threadModels = (db: Connection) => [threadKeyModel(db), threadMergeModel(db)]
