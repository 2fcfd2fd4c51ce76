import { config } from 'zod'

// Imported first: else zod tries `new Function` for its schemas, which the page's policy forbids and reports.
config({ jitless: true })
