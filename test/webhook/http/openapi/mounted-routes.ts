import type { Express, Router } from 'express'

/** What express 5.3 tells of a router. */
type Listed = { path: unknown; methods?: string[]; router?: Listing }
type Listing = { listRoutes(): Listed[] }

/** Every route that an app has mounted, as `GET /api/v1/mailboxes/{id}/folders`; pages by pattern are not among them. */
export function mountedRoutes(app: Express): string[] {
  const { router } = app as unknown as { router: Router & Listing }
  return [...new Set(routesOf(router, ''))].sort()
}

function routesOf(router: Listing, base: string): string[] {
  return router.listRoutes().flatMap(({ path, methods, router: inner }) => {
    if (typeof path !== 'string') return []
    const here = `${base}${path === '/' ? '' : path}`
    if (inner) return routesOf(inner, here)
    const named = here.replace(/:(\w+)/g, '{$1}') || '/'
    return (methods ?? [])
      .filter((method) => method.toUpperCase() !== 'HEAD')
      .map((method) => `${method.toUpperCase()} ${named}`)
  })
}
