import type {
  ChangeCompany,
  Company as WireCompany,
  CompanyPage,
  NewCompany,
} from '../../models/wire/contacts/company.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import { normaliseDomain } from '../crm/decide/addresses.ts'
import { askedBeginnings } from '../crm/decide/names.ts'
import type { Person } from '../crm/ports.ts'
import { BadRequestError, ChangedMeanwhileError, NotFoundError, TakenError } from '../errors.ts'
import type { Vault } from '../keys/vault.ts'
import type { Company, CompanyStore } from './store/company-store.ts'
import { nameKey } from './store/contact-keys.ts'
import { cut, readCursor } from './cursor.ts'
import type { Matcher } from './matching/matcher.ts'
import { presentCompany } from './present.ts'

export type CompaniesDeskParts = {
  companies: CompanyStore
  matcher: Matcher
  vault: Pick<Vault, 'of'>
  audit: Audit
}

export type CompanyQuery = { q: string | null; limit: number; cursor: string | null }

/** Companies of a workspace, and the domains that are one to them. */
export class CompaniesDesk {
  constructor(private readonly parts: CompaniesDeskParts) {}

  async page({ workspaceId }: Person, { q, limit, cursor }: CompanyQuery): Promise<CompanyPage> {
    const before = readCursor(cursor)
    const filter = q === null ? {} : await this.filterOf(workspaceId, q)
    if (!filter) return { companies: [], nextCursor: null }
    const found = await this.parts.companies.page(workspaceId, filter, { limit: limit + 1, before })
    const page = cut(found, limit, ({ createdAt: at, _id: id }) => ({ at, id }))
    return { companies: page.items.map(presentCompany), nextCursor: page.nextCursor }
  }

  async find({ workspaceId }: Person, id: string): Promise<WireCompany> {
    return presentCompany(await this.get(workspaceId, id))
  }

  async create(person: Person, wanted: NewCompany): Promise<WireCompany> {
    const { workspaceId } = person
    const domains = readDomains(wanted.domains)
    const [created] = await this.around(workspaceId, domains, () =>
      this.parts.companies.create(workspaceId, [{ name: wanted.name, domains }]),
    )
    if (!created) throw await this.taken(workspaceId, domains, null)
    await this.note(person, created)
    return presentCompany(created)
  }

  async change(
    person: Person,
    { id, version }: { id: string; version: number },
    changes: ChangeCompany,
  ): Promise<WireCompany> {
    const { workspaceId } = person
    const was = await this.get(workspaceId, id)
    if (was.rev !== version) throw new ChangedMeanwhileError()
    const domains = changes.domains ? readDomains(changes.domains) : was.domains
    const result = await this.around(workspaceId, [...was.domains, ...domains], () =>
      this.parts.companies.change(was, { name: changes.name ?? was.name, domains }),
    )
    if (result === 'changed') throw new ChangedMeanwhileError()
    if (result === 'taken') throw await this.taken(workspaceId, domains, id)
    await this.note(person, result)
    return presentCompany(result)
  }

  /** Contacts at these domains answer to other spellings afterwards. */
  private async around<T>(
    workspaceId: string,
    domains: string[],
    change: () => Promise<T>,
  ): Promise<T> {
    const { blind } = await this.parts.vault.of(workspaceId)
    const domainKeys = [...new Set(domains)].map((domain) => blind('domain', domain))
    return this.parts.matcher.around({ workspaceId, domainKeys }, change)
  }

  private async get(workspaceId: string, id: string): Promise<Company> {
    const company = await this.parts.companies.find(workspaceId, id)
    if (!company) throw new NotFoundError()
    return company
  }

  /** Null: nothing can be found by this. */
  private async filterOf(workspaceId: string, q: string) {
    const { blind } = await this.parts.vault.of(workspaceId)
    const domain = normaliseDomain(q)
    if (domain?.includes('.')) return { domainKey: blind('domain', domain) }
    const words = askedBeginnings(q)
    return words.length > 0 ? { nameKeys: words.map((word) => nameKey(blind, word)) } : null
  }

  private async taken(workspaceId: string, domains: string[], own: string | null) {
    const owners = await this.parts.companies.withDomains(workspaceId, domains)
    const fields = domains.flatMap((domain, at) => {
      const owner = owners.get(domain)
      return owner && owner._id !== own
        ? [{ path: `domains.${at}`, message: `belongs to the company ${owner._id}` }]
        : []
    })
    return new TakenError('This domain belongs to another company.', fields)
  }

  private async note(person: Person, { workspaceId, _id: id, rev }: Company): Promise<void> {
    const object = { kind: 'company', id }
    await this.parts.audit.write({
      ...{ workspaceId, who: actorOf(person), action: 'contact-changed', object },
      details: { version: rev },
    })
  }
}

/** Normalised, each once. Throws a BadRequestError that names what is no domain. */
function readDomains(texts: string[]): string[] {
  const read = texts.map((text) => normaliseDomain(text))
  const at = read.indexOf(null)
  if (at >= 0)
    throw new BadRequestError('The request is not as FlowCRM needs it.', [
      { path: `domains.${at}`, message: 'is no domain; write it like example.com' },
    ])
  return [...new Set(read.filter((domain) => domain !== null))]
}
