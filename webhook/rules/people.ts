/** Who is a contact, by blind keys of addresses; webhook/contacts knows. */
export type ContactBook = {
  /** Those of the keys that belong to contacts, with whose they are. */
  known(
    workspaceId: string,
    addressKeys: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>>
}

/** Who was erased and stays erased. */
export type Suppressions = {
  of(workspaceId: string, addressKeys: readonly string[]): Promise<ReadonlySet<string>>
}

export const noContacts: ContactBook = { known: async () => new Map() }
export const nobodyErased: Suppressions = { of: async () => new Set() }
