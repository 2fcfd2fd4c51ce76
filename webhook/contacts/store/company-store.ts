import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import {
  companyModel,
  type CompanyContent,
  type StoredCompany,
} from '../../../models/contacts/company.ts'
import type { Clock } from '../../clock.ts'
import { beginningsOf, wholeNameOf } from '../../crm/decide/names.ts'
import type { Vault } from '../../keys/vault.ts'
import type { WorkspaceKeys } from '../../keys/workspace-keys.ts'
import { createOnce, insertNew } from '../../store/duplicate.ts'
import { claimsOf, nameKey, type DomainsOf } from './contact-keys.ts'
import { after, type Place } from '../cursor.ts'
import { openJson, sealJson } from './sealing.ts'

/** A company, readable. */
export type Company = Pick<
  StoredCompany,
  '_id' | 'workspaceId' | 'rev' | 'createdAt' | 'updatedAt'
> &
  CompanyContent

export type CompanyStoreParts = { db: Connection; vault: Pick<Vault, 'of'>; clock: Clock }

const COLLECTION = 'companies'

/** Companies of all workspaces. A domain belongs to one company of its workspace, by a unique index. */
export class CompanyStore {
  private readonly companies

  constructor(private readonly parts: CompanyStoreParts) {
    this.companies = companyModel(parts.db)
  }

  /** Null at a position means: one of its domains belongs to another company already. */
  async create(workspaceId: string, created: CompanyContent[]): Promise<(Company | null)[]> {
    const keys = await this.parts.vault.of(workspaceId)
    const now = this.parts.clock.now()
    const dates = { createdAt: now, updatedAt: now }
    const documents = created.map((content): StoredCompany => {
      const _id = randomUUID()
      return { _id, workspaceId, rev: 1, ...dates, ...written(_id, content, keys) }
    })
    const taken = await insertNew(this.companies, documents)
    return documents.map((document, at) => (taken.has(at) ? null : opened(keys, document)))
  }

  async change(
    { _id, workspaceId, rev }: Pick<Company, '_id' | 'workspaceId' | 'rev'>,
    content: CompanyContent,
  ): Promise<Company | 'changed' | 'taken'> {
    const keys = await this.parts.vault.of(workspaceId)
    const updatedAt = this.parts.clock.now()
    let stored: StoredCompany | null = null
    const isFree = await createOnce(async () => {
      stored = await this.companies
        .findOneAndUpdate(
          { _id, workspaceId, rev },
          { $set: { ...written(_id, content, keys), updatedAt }, $inc: { rev: 1 } },
          { returnDocument: 'after' },
        )
        .lean()
    })
    if (!isFree) return 'taken'
    return stored ? opened(keys, stored) : 'changed'
  }

  async findMany(workspaceId: string, ids: string[]): Promise<Company[]> {
    if (ids.length === 0) return []
    const keys = await this.parts.vault.of(workspaceId)
    const found = await this.companies.find({ workspaceId, _id: { $in: ids } }).lean()
    return found.map((document) => opened(keys, document))
  }

  async find(workspaceId: string, _id: string): Promise<Company | null> {
    return (await this.findMany(workspaceId, [_id]))[0] ?? null
  }

  /** By their names, however their words are ordered; of several with one name the oldest. */
  async named(workspaceId: string, names: string[]): Promise<Map<string, Company>> {
    const keys = await this.parts.vault.of(workspaceId)
    const asked = names.map((name) => wholeNameKey(keys, name) ?? 'none')
    const found = await this.companies
      .find({ workspaceId, wholeNameKey: { $in: asked } })
      .sort({ createdAt: -1, _id: -1 })
      .lean()
    const keyed = new Map(found.map((one) => [one.wholeNameKey, opened(keys, one)]))
    return new Map(
      names.flatMap((name) => {
        const company = keyed.get(wholeNameKey(keys, name))
        return company ? [[name, company] as const] : []
      }),
    )
  }

  /** Newest first. */
  async page(
    workspaceId: string,
    { nameKeys, domainKey }: { nameKeys?: string[]; domainKey?: string },
    { limit, before }: { limit: number; before: Place | null },
  ): Promise<Company[]> {
    const keys = await this.parts.vault.of(workspaceId)
    const found = await this.companies
      .find({
        workspaceId,
        ...(nameKeys && { nameKeys: { $all: nameKeys } }),
        ...(domainKey !== undefined && { claimKeys: domainKey }),
        ...after('createdAt', before),
      })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean()
    return found.map((document) => opened(keys, document))
  }

  /** The companies that have these domains, by domain. */
  async withDomains(workspaceId: string, domains: string[]): Promise<Map<string, Company>> {
    if (domains.length === 0) return new Map()
    const keys = await this.parts.vault.of(workspaceId)
    const asked = domains.map((domain) => keys.blind('domain', domain))
    const found = await this.companies.find({ workspaceId, claimKeys: { $in: asked } }).lean()
    const companies = found.map((document) => opened(keys, document))
    return new Map(
      companies.flatMap((company) => company.domains.map((domain) => [domain, company] as const)),
    )
  }

  /** The alias domains of whoever has these domains. */
  async domainsOf(workspaceId: string, domains: string[]): Promise<DomainsOf> {
    const companies = await this.withDomains(workspaceId, [...new Set(domains)])
    return (domain) => companies.get(domain)?.domains ?? []
  }
}

const wholeNameKey = ({ blind }: WorkspaceKeys, name: string): string | null => {
  const whole = wholeNameOf(name)
  return whole === null ? null : blind('name', `whole:${whole}`)
}

function written(_id: string, { name, domains }: CompanyContent, keys: WorkspaceKeys) {
  const { blind } = keys
  const claims = [...new Set(domains)].map((domain) => blind('domain', domain))
  return {
    claimKeys: claimsOf(_id, claims),
    nameKeys: beginningsOf([name]).map((word) => nameKey(blind, word)),
    wholeNameKey: wholeNameKey(keys, name),
    sealed: sealJson(keys, { collection: COLLECTION, id: _id }, { content: { name, domains } }),
  }
}

function opened(keys: WorkspaceKeys, document: StoredCompany): Company {
  const { _id, workspaceId, rev, createdAt, updatedAt, sealed } = document
  const of = { collection: COLLECTION, id: _id }
  const content = openJson<CompanyContent>(keys, of, { sealed, field: 'content' })
  return { _id, workspaceId, rev, createdAt, updatedAt, ...content }
}
