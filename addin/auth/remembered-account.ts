/** Which account signed in for which mailbox: an account's sign-in name need not be the mailbox's address. */
export type RememberedAccount = {
  get: () => string | null
  set: (homeAccountId: string) => void
}

/** Kept for the browser session, beside MSAL's own store. */
export function rememberedAccount(storage: Storage, mailboxAddress: string): RememberedAccount {
  const key = `flowcrm.account.${mailboxAddress.toLowerCase()}`
  return {
    get: () => storage.getItem(key),
    set: (homeAccountId) => storage.setItem(key, homeAccountId),
  }
}
