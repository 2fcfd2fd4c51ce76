import type { Connection } from 'mongoose'
import { companyModel } from './company.ts'
import { contactImportModel } from './contact-import.ts'
import { contactModel } from './contact.ts'
import { matchingJobModel } from './matching-job.ts'
import { mergeModel } from './merge.ts'
import { pinModel } from './pin.ts'
import { suggestionModel } from './suggestion.ts'

/** Every collection of contacts and what goes with them. */
export const contactModels = (db: Connection) => [
  contactModel(db),
  companyModel(db),
  suggestionModel(db),
  mergeModel(db),
  pinModel(db),
  matchingJobModel(db),
  contactImportModel(db),
]
