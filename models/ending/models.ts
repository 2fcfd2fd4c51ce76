import type { Connection } from 'mongoose'
import { retentionRunModel } from './retention-run.ts'
import { workspaceEndingModel } from './workspace-ending.ts'

/** Every model of this folder. */
export const endingModels = (db: Connection) => [retentionRunModel(db), workspaceEndingModel(db)]
