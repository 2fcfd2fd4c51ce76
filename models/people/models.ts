import type { Connection } from 'mongoose'
import { erasureModel } from './erasure.ts'
import { suppressionModel } from './suppression.ts'

/** What is kept of people who were taken out: digests and figures. */
export const peopleModels = (db: Connection) => [suppressionModel(db), erasureModel(db)]
