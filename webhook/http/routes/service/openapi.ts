import { Router } from 'express'
import { openApiDocument } from '../../openapi/document.ts'
import { operations } from '../../openapi/operations.ts'

/** The API's own description, for anybody: it says nothing that the sources do not. */
export function openApiRoutes({ publicUrl }: { publicUrl: string }): Router {
  const router = Router()
  let text: string | undefined
  router.get('/api/v1/openapi.json', (_request, response) => {
    text ??= JSON.stringify(openApiDocument(operations, publicUrl))
    response.set('Cache-Control', 'no-cache').type('application/json').send(text)
  })
  return router
}
