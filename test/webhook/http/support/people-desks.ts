import { NotFoundError } from '../../../../webhook/errors.ts'
import type { PeopleRouteParts } from '../../../../webhook/http/routes/people.ts'

const nothing = async () => {
  throw new NotFoundError()
}

/** Nobody was ever erased, and nobody is known. */
export const noPeople: PeopleRouteParts = {
  erasureDesk: {
    ...{ dryRun: nothing, begin: nothing, list: async () => [] },
    ...{ find: nothing, report: nothing, lift: async () => 0 },
  },
  exportDesk: { export: nothing },
}
