import { Router } from 'express'

/** `/healthz`: the process answers. `/readyz`: it can do its work; `ping` rejects when the database cannot be reached. */
export function healthRoutes({ ping }: { ping: () => Promise<void> }): Router {
  const router = Router()
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }))
  router.get('/readyz', async (_request, response) => {
    await ping()
    response.json({ status: 'ready' })
  })
  return router
}
