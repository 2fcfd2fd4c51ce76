import { Field, Input } from '@fluentui/react-components'
import { useId } from 'react'
import { Company, CompanyPage } from '../../../models/wire/contacts/company.ts'
import type { Api } from '../../../ui/api/client.ts'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { pathWith } from '../../paging/use-pages.ts'
import { useSettled } from '../../../ui/hooks/use-settled.ts'

const TYPING_MS = 200
/** One letter begins half of all names. */
const FEWEST_LETTERS = 2

export type CompanyFieldProps = {
  api: Api
  value: string
  hint?: string
  onChange: (name: string) => void
}

/** The company, by its name: those that are there are offered as one writes, another one is made when it is saved. */
export function CompanyField({ api, value, hint, onChange }: CompanyFieldProps) {
  const listId = useId()
  const asked = useSettled(value.trim(), TYPING_MS)
  const { state } = useLoadable(
    async () => (asked.length < FEWEST_LETTERS ? [] : companiesLike(api, asked)),
    [api, asked],
  )
  const found = state.status === 'ready' ? state.value : [] // without offers it can still be written
  return (
    <Field label="Company" {...(hint && { hint })}>
      <Input
        value={value}
        maxLength={200}
        autoComplete="off"
        list={listId}
        onChange={(_event, { value: name }) => onChange(name)}
      />
      <datalist id={listId}>
        {found.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
    </Field>
  )
}

/** The id of the company with this name, which is made if there is none. */
export async function companyNamed(api: Api, name: string): Promise<string> {
  const isIt = (company: Company) => company.name.toLowerCase() === name.toLowerCase()
  const known = (await companiesLike(api, name)).find(isIt)
  return known?.id ?? (await api.send('POST', COMPANIES, { name, domains: [] }, Company)).id
}

const COMPANIES = '/api/v1/companies'

const companiesLike = async (api: Api, q: string): Promise<Company[]> =>
  (await api.get(pathWith(COMPANIES, { q }), CompanyPage)).companies
