import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Config } from '../../config/config.ts'

/** Fluent UI begins with an empty `<style>` and fills it by script; this is the hash of nothing. */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

/** Where Outlook frames the pane. Microsoft publishes no list; this is what is known (outlook-addin 4.3). */
const OUTLOOK_HOSTS = [
  'https://outlook.office.com',
  'https://outlook.office365.com',
  'https://outlook.live.com',
  'https://outlook.cloud.microsoft',
  'https://*.office.com',
  'https://*.officeapps.live.com',
]

/** Microsoft's Office.js reports here how it fares (outlook-addin 4.3). */
const OFFICE_TELEMETRY = [
  'https://browser.pipe.aria.microsoft.com',
  'https://*.events.data.microsoft.com',
]

const SELF = "'self'"
const NOBODY = "'none'"

/** The console, the API and the webhook: nothing but our own files, framed by nobody. */
export function consoleHeaders({ publicUrl, entra }: Config): RequestHandler {
  return helmet({
    ...common(publicUrl),
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...ownFilesOnly,
        scriptSrc: [SELF],
        connectSrc: [SELF],
        frameSrc: [SELF], // the bodies of mails
        frameAncestors: [NOBODY],
        formAction: [SELF, new URL(entra.authorityUrl).origin],
      },
    },
    xFrameOptions: { action: 'deny' },
  })
}

/** The pane lives in a frame of Outlook, and talks to its sign-in window: no X-Frame-Options, no opener policy. */
export function addinHeaders({
  addinUrl,
  publicUrl,
  officeJsUrl,
  entra,
  sandbox,
}: Config): RequestHandler {
  const authority = new URL(entra.authorityUrl).origin
  const officeJs = new URL(officeJsUrl).origin
  return helmet({
    ...common(addinUrl),
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...ownFilesOnly,
        scriptSrc: [SELF, officeJs],
        connectSrc: [SELF, publicUrl, authority, ...OFFICE_TELEMETRY],
        // MSAL asks the authority silently in a frame, which comes back to our redirect page.
        frameSrc: [SELF, authority],
        frameAncestors: [
          SELF,
          ...OUTLOOK_HOSTS,
          ...(sandbox ? [new URL(sandbox.outlookUrl).origin] : []),
        ],
        formAction: [authority],
      },
    },
    xFrameOptions: false,
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' }, // Outlook shows our icons
  })
}

const ownFilesOnly = {
  defaultSrc: [NOBODY],
  styleSrc: [SELF, EMPTY_STYLE],
  imgSrc: [SELF, 'data:'],
  fontSrc: [SELF],
  baseUri: [NOBODY],
  objectSrc: [NOBODY],
}

const common = (url: string) => ({
  strictTransportSecurity: url.startsWith('https:') && { maxAge: 365 * 24 * 60 * 60 },
  referrerPolicy: { policy: 'no-referrer' as const },
})
