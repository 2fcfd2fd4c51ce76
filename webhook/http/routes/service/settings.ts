import { Router } from 'express'
import { AddinSettings } from '../../../../models/wire/addin-settings.ts'
import type { Entra } from '../../../sign-in/entra.ts'
import { answer } from '../../parse.ts'

/** What the pane needs before anybody is signed in. Nothing in it is secret. */
export function settingsRoutes({ entra }: { entra: Entra }): Router {
  const router = Router()
  router.get('/settings.json', async (_request, response) => {
    const settings = await entra.addinSettings()
    response.set('Cache-Control', 'no-store')
    answer(response, AddinSettings, settings)
  })
  return router
}
