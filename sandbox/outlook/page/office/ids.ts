/** Outlook's own form of a Graph id (outlook-addin 2.5): base64 with `/` and `+`. */
export const toEwsId = (restId: string) => restId.replaceAll('-', '/').replaceAll('_', '+')

export const toRestId = (ewsId: string) => ewsId.replaceAll('/', '-').replaceAll('+', '_')
