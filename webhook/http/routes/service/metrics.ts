import { Router } from 'express'
import { NotFoundError, NotSignedInError } from '../../../errors.ts'
import type { Metrics } from '../../../metrics/metrics.ts'
import { scrape, type ScrapeParts } from '../../../metrics/scrape.ts'

/** For Prometheus, by a bearer token of its own; without one in the configuration there is no such page. */
export function metricsRoutes(parts: ScrapeParts & { metrics: Metrics }): Router {
  const router = Router()
  router.get('/metrics', async (request, response) => {
    if (!parts.metrics.isOffered) throw new NotFoundError()
    const [, given = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    if (!parts.metrics.mayRead(given)) {
      response.set('WWW-Authenticate', 'Bearer')
      throw new NotSignedInError('Metrics are read with the bearer token METRICS_TOKEN.')
    }
    const { contentType, text } = await scrape(parts)
    response.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(text)
  })
  return router
}
