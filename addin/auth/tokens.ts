/** Access tokens for our API. They live in memory and in MSAL's session store; never in a URL, a cookie or a log. */
export type Tokens = {
  /** A token without asking anybody; null when somebody has to sign in first. */
  silent: () => Promise<string | null>
  /** Signs in in a window. Call it from a click, else browsers block the window. Rejects with a SignInError. */
  signIn: (who?: Who) => Promise<string>
}

/** `anybody` lets the person choose the account again; else the mailbox's own is taken where it is known. */
export type Who = 'owner' | 'anybody'
