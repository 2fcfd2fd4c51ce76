import { findingCodes } from '../../../../models/wire/health/findings.ts'
import type { Found } from './found.ts'

/** In the order of the catalogue; of equals the one that lasts longest comes first. Pure. */
export const worstFirst = (findings: readonly Found[]): Found[] =>
  findings.toSorted((one, other) => rankOf(one) - rankOf(other) || sinceOf(one) - sinceOf(other))

const rankOf = ({ code }: Found): number => findingCodes.indexOf(code)

const sinceOf = ({ since }: Found): number => since?.getTime() ?? 0
