import { z } from 'zod'

/** What cannot be read in, and what to do about it. Rows are counted as a spreadsheet shows them: the head is row 1. */
export const ImportFault = z.object({
  row: z.int(),
  /** As the head names it; null: the row as a whole. */
  column: z.string().nullable(),
  message: z.string(),
  todo: z.string(),
})
export type ImportFault = z.infer<typeof ImportFault>

export const ImportCounts = z.object({
  created: z.int(),
  /** Contacts that are there already and get what they lack; what they have stays. */
  updated: z.int(),
  unchanged: z.int(),
  failed: z.int(),
})
export type ImportCounts = z.infer<typeof ImportCounts>

/** `POST /api/v1/contacts/import/preview`, with the file as `text/csv`. Nothing is written. */
export const ImportPreview = z.object({
  /** Of this file: by it, progress is asked for. */
  id: z.string(),
  rows: z.int(),
  /** Which column is read as what; null: it is not read. */
  columns: z.array(
    z.object({
      column: z.string(),
      as: z
        .enum(['name', 'first-name', 'last-name', 'address', 'company', 'job-title', 'phone'])
        .nullable(),
    }),
  ),
  counts: ImportCounts,
  /** The first rows, as they would be. */
  sample: z.array(
    z.object({
      row: z.int(),
      becomes: z.enum(['created', 'updated', 'unchanged']),
      name: z.string(),
      addresses: z.array(z.string()),
      company: z.string(),
    }),
  ),
  /** The first hundred; `counts.failed` says how many there are. */
  faults: z.array(ImportFault),
})
export type ImportPreview = z.infer<typeof ImportPreview>

/** `POST /api/v1/contacts/import` answers with it at the end; `GET /api/v1/contacts/import/:id` meanwhile. */
export const ImportProgress = z.object({
  id: z.string(),
  total: z.int(),
  done: z.int(),
  counts: ImportCounts,
  finishedAt: z.iso.datetime().nullable(),
})
export type ImportProgress = z.infer<typeof ImportProgress>

export const ImportResult = ImportProgress.extend({ faults: z.array(ImportFault) })
export type ImportResult = z.infer<typeof ImportResult>
