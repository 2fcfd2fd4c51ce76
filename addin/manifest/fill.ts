/** Where the template in manifest.xml says the pane lies. */
export const TEMPLATE_ORIGIN = 'https://localhost:3004'

export class ManifestUrlError extends Error {
  override readonly name = 'ManifestUrlError'
  readonly code = 'addin-url-not-https'

  constructor(addinUrl: string) {
    super(
      `Outlook loads add-ins over https only, and "${addinUrl}" is no https address. Set ADDIN_URL to one.`,
    )
  }
}

/** The manifest for a pane at `addinUrl`: same add-in, other addresses. */
export function fillManifest(template: string, addinUrl: string): string {
  const url = URL.canParse(addinUrl) ? new URL(addinUrl) : null
  if (url?.protocol !== 'https:') throw new ManifestUrlError(addinUrl)
  return template.replaceAll(TEMPLATE_ORIGIN, url.origin)
}
