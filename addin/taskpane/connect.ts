import { loadSettings } from '../auth/settings.ts'
import type { Outlook } from '../office/outlook.ts'
import { createCrm } from './pane/crm.ts'
import type { Connection } from './pane/pane.ts'

/**
 * Reads the settings and loads MSAL while Outlook is getting ready: after the first paint, for it weighs as much as React
 * (outlook-addin 7.3).
 */
export async function connect(outlook: Promise<Outlook>): Promise<Connection> {
  const [settings, { createMsalTokens }, { userAddress, canSignInNested }] = await Promise.all([
    loadSettings(),
    import('../auth/msal-tokens.ts'),
    outlook,
  ])
  const tokens = await createMsalTokens({
    settings,
    nested: canSignInNested,
    mailboxAddress: userAddress,
  })
  return { tokens, crm: createCrm(settings, tokens) }
}
