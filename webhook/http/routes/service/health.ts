import { Router } from 'express'

/** `/healthz`: the process answers. `/readyz`: it can do its work; `ready` rejects when it cannot. */
export function healthRoutes({ ready }: { ready: () => Promise<void> }): Router {
  const router = Router()
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }))
  router.get('/readyz', async (_request, response) => {
    await ready()
    response.json({ status: 'ready' })
  })
  return router
}
