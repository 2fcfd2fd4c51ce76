/** True when this Outlook has the set; asked at run time because the manifest asks for Mailbox 1.5 alone. */
export type Supports = (set: 'Mailbox' | 'NestedAppAuth', version: string) => boolean

export function createSupports(office: typeof Office): Supports {
  return (set, version) => office.context.requirements.isSetSupported(set, version)
}

/** Phones give REST ids already, and lack the converter (outlook-addin 2.3, 2.5). */
export function isMobile(mailbox: Pick<Office.Mailbox, 'diagnostics'>): boolean {
  return /^Outlook(IOS|Android)$/.test(mailbox.diagnostics.hostName)
}
