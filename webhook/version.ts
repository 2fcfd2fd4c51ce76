/** The service's version, as in package.json: statements and entries say by which version they were made. */
export const SERVICE_VERSION = '0.2.0'
