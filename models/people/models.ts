import type { Connection } from 'mongoose'
import { erasureModel } from './erasure.ts'
import { memberModel } from './member.ts'
import { suppressionModel } from './suppression.ts'

/** Who was taken out, in digests and figures; and who has signed in. */
export const peopleModels = (db: Connection) => [
  suppressionModel(db),
  erasureModel(db),
  memberModel(db),
]
