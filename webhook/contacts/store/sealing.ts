import type { Sealed } from '../../../models/keys/sealed.ts'
import type { DocumentName, WorkspaceKeys } from '../../keys/workspace-keys.ts'

/** Seals values as JSON, each in a field of its own. */
export function sealJson<Field extends string>(
  keys: WorkspaceKeys,
  of: DocumentName,
  values: Record<Field, unknown>,
): Sealed<Field> {
  const texts = Object.entries(values).map(([field, value]) => [field, JSON.stringify(value)])
  return keys.seal(of, Object.fromEntries(texts) as Record<Field, string>)
}

/** What `sealJson` made. Throws a SealBrokenError. */
export function openJson<T>(
  keys: WorkspaceKeys,
  of: DocumentName,
  { sealed, field }: { sealed: Sealed; field: string },
): T {
  return JSON.parse(keys.open(of, sealed, field)) as T
}
