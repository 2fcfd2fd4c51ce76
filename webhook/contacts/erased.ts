import { addressForms } from '../crm/decide/addresses.ts'
import { AppError } from '../errors.ts'
import type { Vault } from '../keys/vault.ts'
import type { Suppressions } from '../rules/people.ts'

/** Who was erased does not come back as a contact either. */
export class ErasedPersonError extends AppError {
  readonly code = 'erased-person'
  readonly retry = 'never'

  constructor() {
    super(
      'A person with this address was erased on request. An administrator can lift that, if the person agrees.',
    )
  }
}

export type ErasedParts = { suppressions: Suppressions; vault: Pick<Vault, 'of'> }

/** Those of these addresses that belong to somebody who was erased. */
export async function erasedAmong(
  { suppressions, vault }: ErasedParts,
  workspaceId: string,
  addresses: readonly string[],
): Promise<Set<string>> {
  const { blind } = await vault.of(workspaceId)
  const keysOf = (address: string) => {
    const { exact = address, folded = address } = addressForms(address) ?? {}
    return [blind('address', exact), blind('address', folded)]
  }
  const erased = await suppressions.of(workspaceId, [...new Set(addresses.flatMap(keysOf))])
  return new Set(addresses.filter((address) => keysOf(address).some((key) => erased.has(key))))
}
