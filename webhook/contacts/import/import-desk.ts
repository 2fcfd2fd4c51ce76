import type { ContactImport } from '../../../models/contacts/contact-import.ts'
import type {
  ImportCounts,
  ImportPreview,
  ImportProgress,
  ImportResult,
} from '../../../models/wire/contacts/contact-import.ts'
import { actorOf, type Audit } from '../../audit/audit.ts'
import type { Person } from '../../crm/ports.ts'
import { NotFoundError } from '../../errors.ts'
import { idOf } from '../../keys/ids.ts'
import { decodeCsv } from './csv.ts'
import type { Importer, Plan } from './importer.ts'
import type { ImportStore } from './import-store.ts'
import { readRows, type PersonRow } from './read-rows.ts'

const ROWS_AT_ONCE = 500
const MOST_FAULTS = 100
const SAMPLE = 10

export type ImportDeskParts = { importer: Importer; imports: ImportStore; audit: Audit }

/** Contacts from a file: looked at first, then read in. The same file again changes nothing. */
export class ImportDesk {
  constructor(private readonly parts: ImportDeskParts) {}

  async preview({ workspaceId }: Person, file: Uint8Array): Promise<ImportPreview> {
    const text = decodeCsv(file)
    const { columns, people, faults, total } = readRows(text)
    const counts = nothing()
    const sample: ImportPreview['sample'] = []
    for (const lot of lotsOf(people)) {
      for (const plan of await this.plan(workspaceId, lot)) {
        counts[plan.becomes]++
        if (plan.becomes === 'failed') faults.push(plan.fault)
        else if (sample.length < SAMPLE) sample.push(sampleOf(plan))
      }
    }
    counts.failed = total - counts.created - counts.updated - counts.unchanged
    return {
      id: importId(workspaceId, text),
      ...{ rows: total, columns, counts, sample },
      faults: inOrder(faults).slice(0, MOST_FAULTS),
    }
  }

  /** Answers when all of it is read in. Asked for the same file in the meantime: how far it is. */
  async run(person: Person, file: Uint8Array): Promise<ImportResult> {
    const { importer, imports } = this.parts
    const { workspaceId, userId: byUserId } = person
    const text = decodeCsv(file)
    const { people, faults, total } = readRows(text)
    const _id = importId(workspaceId, text)
    if (!(await imports.begin({ _id, workspaceId, byUserId, total })))
      return { ...(await this.progress(person, _id)), faults: [] }
    const counts = { ...nothing(), failed: total - people.length }
    for (const lot of lotsOf(people)) {
      const written = await importer.write(workspaceId, lot)
      for (const what of ['created', 'updated', 'unchanged', 'failed'] as const)
        counts[what] += written.counts[what]
      faults.push(...written.faults)
      const { created, updated, unchanged, failed } = counts
      await imports.progressed(_id, created + updated + unchanged + failed, counts)
    }
    await imports.progressed(_id, total, counts)
    await imports.finished(_id)
    await this.note(person, _id, counts)
    const progress = await this.progress(person, _id)
    return { ...progress, faults: inOrder(faults).slice(0, MOST_FAULTS) }
  }

  async progress({ workspaceId }: Person, id: string): Promise<ImportProgress> {
    const found = await this.parts.imports.find(workspaceId, id)
    if (!found) throw new NotFoundError()
    return present(found)
  }

  private async plan(workspaceId: string, lot: PersonRow[]): Promise<Plan[]> {
    const { importer } = this.parts
    const companyOf = await importer.companiesOf(workspaceId, lot, { creates: false })
    return importer.plan(workspaceId, lot, companyOf)
  }

  private async note(person: Person, id: string, counts: ImportCounts): Promise<void> {
    const { workspaceId } = person
    await this.parts.audit.write({
      ...{ workspaceId, who: actorOf(person), action: 'contacts-imported' },
      ...{ object: { kind: 'import', id }, details: counts },
    })
  }
}

/** The same file, the same import. */
const importId = (workspaceId: string, text: string) => idOf('contact-import', workspaceId, text)

const nothing = (): ImportCounts => ({ created: 0, updated: 0, unchanged: 0, failed: 0 })

function* lotsOf(people: PersonRow[]): Generator<PersonRow[]> {
  for (let at = 0; at < people.length; at += ROWS_AT_ONCE) yield people.slice(at, at + ROWS_AT_ONCE)
}

const sampleOf = ({ becomes, person }: Exclude<Plan, { becomes: 'failed' }>) => {
  const { row, name, addresses, company } = person
  return { row, becomes, name, addresses, company }
}

const inOrder = <T extends { row: number }>(faults: T[]): T[] =>
  faults.toSorted((one, other) => one.row - other.row)

const present = (found: ContactImport): ImportProgress => {
  const { _id: id, total, done, created, updated, unchanged, failed, finishedAt } = found
  return {
    ...{ id, total, done, counts: { created, updated, unchanged, failed } },
    finishedAt: finishedAt?.toISOString() ?? null,
  }
}
