import type { Microsoft } from './microsoft.ts'
import { flowCrm } from './sign-in/directory.ts'

export type ServiceEnvironment = {
  port: number
  addinPort: number
  mongodbUrl: string
  microsoft: Microsoft
  /** Anything else, or something otherwise. */
  more?: Record<string, string>
}

/** A root key for trying and testing only: the sandbox keeps nothing worth a secret. */
const SANDBOX_ROOT_KEY = Buffer.alloc(32, 'flowcrm sandbox').toString('base64')

/** The environment in which the real, unmodified service meets the sandbox instead of Microsoft 365. */
export const serviceEnvironment = ({
  port,
  addinPort,
  mongodbUrl,
  microsoft,
  more = {},
}: ServiceEnvironment): Record<string, string> => ({
  HOST: 'localhost',
  PORT: String(port),
  ADDIN_PORT: String(addinPort),
  PUBLIC_URL: `http://localhost:${port}`,
  ADDIN_URL: `http://localhost:${addinPort}`,
  MONGODB_URL: mongodbUrl,
  GRAPH_URL: microsoft.urls.graph,
  AUTHORITY_URL: microsoft.urls.authority,
  CLIENT_ID: flowCrm.clientId,
  CLIENT_SECRET: flowCrm.secret,
  ROOT_KEY: SANDBOX_ROOT_KEY,
  OFFICE_JS_URL: `${microsoft.urls.outlook}/office.js`,
  SANDBOX_FAULT_DESK_URL: microsoft.urls.faultDesk,
  SANDBOX_OUTLOOK_URL: microsoft.urls.outlook,
  LEAVE_SECONDS: '0',
  SYNC_COALESCE_MS: '250',
  ...more,
})
