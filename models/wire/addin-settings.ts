import { z } from 'zod'

/** What the pane needs before anybody is signed in: `GET /settings.json` on the pane's own origin. */
export const AddinSettings = z.object({
  apiUrl: z.url(),
  clientId: z.string(),
  /** e.g. `api://<client id>/access_as_user` */
  scope: z.string(),
  authority: z.url(),
  /** Set when the authority is a stand-in over http: MSAL then takes its metadata from here (JSON texts). */
  authorityMetadata: z.string().optional(),
  cloudDiscoveryMetadata: z.string().optional(),
  knownAuthorities: z.array(z.string()),
})
export type AddinSettings = z.infer<typeof AddinSettings>
