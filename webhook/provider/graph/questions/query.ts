/** OData options as the query of a URL; values are escaped, names are not, because Graph's begin with `$`. */
export const query = (options: Record<string, string | number>): string =>
  Object.entries(options)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')

/** A text in a `$filter`; OData doubles a quote inside it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
