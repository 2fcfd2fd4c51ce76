import type { ImportFault } from '../../../models/wire/contacts/contact-import.ts'
import { normaliseAddress } from '../../crm/decide/addresses.ts'
import { wordsOf } from '../../crm/decide/names.ts'
import { readCsv, type CsvFault, type CsvRow } from './csv.ts'

/** What a column can be read as. */
export type ColumnMeaning =
  'name' | 'first-name' | 'last-name' | 'address' | 'company' | 'job-title' | 'phone'

/** A person in the file. */
export type PersonRow = {
  row: number
  name: string
  jobTitle: string
  phone: string
  company: string
  addresses: string[]
}

export type ReadRows = {
  columns: { column: string; as: ColumnMeaning | null }[]
  people: PersonRow[]
  faults: ImportFault[]
  /** Rows with something in them, the head aside. */
  total: number
}

export const MOST_ROWS = 50_000
const MOST_CELL_CHARS = 200
const MOST_ADDRESSES = 50

/** Heads as address books write them, without case and punctuation. */
const MEANINGS: [RegExp, ColumnMeaning][] = [
  [/^(?:full |display |contact )?name$|^contact$/, 'name'],
  [/^(?:first|given|fore) ?name$|^vorname$/, 'first-name'],
  [/^(?:last|family) ?name$|^surname$|^nachname$/, 'last-name'],
  [/^(?:e ?)?mail(?: ?\d)?(?: ?addres{1,2}e?)?(?: ?\d)?$|^adresse e ?mail$/, 'address'],
  [/^company(?: name)?$|^organi[sz]ation$|^account(?: name)?$|^firma$/, 'company'],
  [/^(?:job )?title$|^position$|^role$/, 'job-title'],
  [/^(?:business |mobile |work )?(?:tele)?phone(?: number)?(?: ?\d)?$|^mobile$|^telefon$/, 'phone'],
]

export const meaningOf = (column: string): ColumnMeaning | null => {
  const words = wordsOf(column).join(' ')
  return MEANINGS.find(([head]) => head.test(words))?.[1] ?? null
}

/** The people in a file, and every row that has something wrong, with what to do about it. */
export function readRows(text: string): ReadRows {
  const csv = readCsv(text)
  const [head, ...rows] = csv.rows
  const columns = (head?.cells ?? []).map((column) => ({ column, as: meaningOf(column) }))
  const total = rows.length + csv.faults.length
  const faults = csv.faults.map(unreadable)
  if (!columns.some(({ as }) => as === 'address')) {
    faults.push(WITHOUT_ADDRESSES)
    return { columns, people: [], faults, total }
  }
  if (rows.length > MOST_ROWS) faults.push(TOO_MANY)
  const seenIn = new Map<string, number>()
  const people: PersonRow[] = []
  for (const row of rows.slice(0, MOST_ROWS)) {
    const read = readPerson(row, columns)
    const faultsHere = [...read.faults, ...seenBefore(read.person, seenIn)]
    if (faultsHere.length > 0) faults.push(...faultsHere)
    else people.push(read.person)
  }
  return { columns, people, faults, total }
}

const WITHOUT_ADDRESSES: ImportFault = {
  row: 1,
  column: null,
  message: 'No column is one of e-mail addresses.',
  todo: 'Name the columns in the first row, one of them "E-mail".',
}
const TOO_MANY: ImportFault = {
  row: MOST_ROWS + 2,
  column: null,
  message: `The file has more than ${MOST_ROWS} rows.`,
  todo: 'Split the file, and import the rest as another one.',
}

const unreadable = ({ row, what }: CsvFault): ImportFault => ({
  row,
  column: null,
  message:
    what === 'open-quote'
      ? 'A quotation mark is not closed.'
      : 'Text follows a closing quotation mark.',
  todo: 'Close each quotation mark, and write those inside a cell twice.',
})

type Columns = ReadRows['columns']

function readPerson({ row, cells }: CsvRow, columns: Columns) {
  const faults: ImportFault[] = []
  const found = new Map<ColumnMeaning, string[]>()
  if (cells.slice(columns.length).some((cell) => cell !== ''))
    faults.push({
      ...{ row, column: null, message: 'The row has more cells than the first row has names.' },
      todo: 'Put cells that hold a comma or semicolon in quotation marks.',
    })
  for (const [at, { column, as }] of columns.entries()) {
    const cell = cells[at] ?? ''
    if (as === null || cell === '') continue
    if (as === 'address') faults.push(...badAddresses(row, column, cell))
    else if (cell.length > MOST_CELL_CHARS)
      faults.push({
        ...{ row, column, message: `This is longer than ${MOST_CELL_CHARS} characters.` },
        todo: 'Shorten it.',
      })
    found.set(as, [...(found.get(as) ?? []), ...(as === 'address' ? addressesIn(cell) : [cell])])
  }
  const first = (meaning: ColumnMeaning) => found.get(meaning)?.[0] ?? ''
  const addresses = (found.get('address') ?? []).flatMap((text) => normaliseAddress(text) ?? [])
  if (faults.length === 0) faults.push(...wrongNumber(row, addresses))
  const person: PersonRow = {
    ...{ row, jobTitle: first('job-title'), phone: first('phone'), company: first('company') },
    name: first('name') || [first('first-name'), first('last-name')].filter(Boolean).join(' '),
    addresses: [...new Set(addresses)],
  }
  return { person, faults }
}

const addressesIn = (cell: string): string[] =>
  cell.split(/[;,\s]+/).flatMap((text) => (text === '' ? [] : [text]))

const badAddresses = (row: number, column: string, cell: string): ImportFault[] =>
  addressesIn(cell)
    .filter((text) => normaliseAddress(text) === null)
    .slice(0, 1)
    .map((text) => ({
      ...{ row, column, message: `"${text.slice(0, 60)}" is no e-mail address.` },
      todo: 'Write the address alone, like name@example.com, or leave the cell empty.',
    }))

function wrongNumber(row: number, addresses: string[]): ImportFault[] {
  if (addresses.length === 0)
    return [
      {
        ...{ row, column: null, message: 'There is no e-mail address in this row.' },
        todo: 'Add one: contacts are told apart, and mail is matched, by it.',
      },
    ]
  if (addresses.length <= MOST_ADDRESSES) return []
  return [
    {
      ...{ row, column: null, message: `There are more than ${MOST_ADDRESSES} addresses.` },
      todo: 'Spread them over several rows, one for each person.',
    },
  ]
}

/** The same address twice in one file: which of the two rows is right, only its writer knows. */
function seenBefore({ row, addresses }: PersonRow, seenIn: Map<string, number>): ImportFault[] {
  const twice = addresses.find((address) => seenIn.has(address))
  for (const address of addresses) if (!seenIn.has(address)) seenIn.set(address, row)
  if (twice === undefined) return []
  return [
    {
      ...{ row, column: null, message: `Row ${seenIn.get(twice)} has ${twice} already.` },
      todo: 'Keep one of the two rows, or put the addresses of one person in one row.',
    },
  ]
}
