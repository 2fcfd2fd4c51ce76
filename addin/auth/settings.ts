import { AddinSettings } from '../../models/wire/addin-settings.ts'
import { createApi } from '../../ui/api/client.ts'

/** Reads the pane's settings from its own origin; rejects with a Failure. */
export function loadSettings(): Promise<AddinSettings> {
  return createApi({ baseUrl: '' }).get('/settings.json', AddinSettings)
}
