import { Router, type RequestHandler } from 'express'
import { AadstsError, tokenErrorBody } from '../aadsts.ts'
import type { IssuerContext } from '../context.ts'
import { authorityOf } from '../flows/authority.ts'
import { issuerOf } from '../tokens/mint.ts'

/** Discovery documents and keys, v2.0 and v1, for a tenant or for `common` and `organizations`. */
export function discoveryRoutes(context: IssuerContext): Router {
  const router = Router()
  router.use(['/:tenant/v2.0/.well-known', '/:tenant/.well-known', '/:tenant/discovery'], anyOrigin)
  router.get(
    '/:tenant/v2.0/.well-known/openid-configuration',
    answerFor(context, (tenant) => metadata(context, tenant, 2)),
  )
  router.get(
    '/:tenant/.well-known/openid-configuration',
    answerFor(context, (tenant) => metadata(context, tenant, 1)),
  )
  router.get(
    '/:tenant/discovery/v2.0/keys',
    answerFor(context, (tenant) => keys(context, tenant, 2)),
  )
  router.get(
    '/:tenant/discovery/keys',
    answerFor(context, (tenant) => keys(context, tenant, 1)),
  )
  router.get(
    '/:tenant/discovery/instance',
    answerFor(context, () => instance(context)),
  )
  return router
}

const anyOrigin: RequestHandler = (_request, response, next) => {
  response.set('Access-Control-Allow-Origin', '*')
  next()
}

/** Documents of several tenants say `{tenantid}` where a token's own tenant belongs, as Entra's do. */
const idOf = (segment: string): string =>
  authorityOf(segment, { multiTenant: true }).tenant?.id ?? '{tenantid}'

function metadata(context: IssuerContext, segment: string, version: 1 | 2): object {
  const id = idOf(segment)
  const base = `${context.url()}/${id === '{tenantid}' ? segment : id}`
  const suffix = version === 2 ? '/v2.0' : ''
  return {
    issuer: issuerOf(context, id, version),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery${suffix}/keys`,
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'name',
      'preferred_username',
      'oid',
      'tid',
      'ver',
      'email',
    ],
  }
}

const keys = (context: IssuerContext, segment: string, version: 1 | 2): object => ({
  keys: context.keys.published(issuerOf(context, idOf(segment), version)),
})

/** msal asks this when it is not told the authority's aliases. */
function instance({ url }: IssuerContext): object {
  const { host } = new URL(url())
  return {
    tenant_discovery_endpoint: `${url()}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  }
}

const answerFor =
  (
    context: IssuerContext,
    answer: (tenant: string) => object,
  ): RequestHandler<{ tenant: string }> =>
  (request, response) => {
    try {
      response.json(answer(request.params.tenant))
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error
      response.status(error.status).json(tokenErrorBody(error, context))
    }
  }
