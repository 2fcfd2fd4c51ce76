import { useEffect, useRef, useState } from 'react'
import type { Visit } from '../../visit.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { PageLink } from '../../router/page-link.tsx'
import { addresses } from '../../router/route.ts'
import { RetentionSection } from '../retention/retention-section.tsx'
import { Section } from '../../shell/section.tsx'
import { ErasureList } from './erasure-list.tsx'
import { PersonCard } from './person-card.tsx'
import { PersonForm } from './person-form.tsx'
import type { Person } from './person.ts'
import { useErasures } from './use-erasures.ts'

/** What people may ask for about themselves, and how long their mail is kept. */
export function PeoplePanel(visit: Visit) {
  return (
    <>
      {visit.session.roles.includes('admin') ? <Requests visit={visit} /> : <ForAdmins />}
      <RetentionSection {...visit} />
    </>
  )
}

function Requests({ visit }: { visit: Visit }) {
  const announce = useAnnounce()
  const [person, setPerson] = useState<Person | null>(null)
  const { state, reload, add } = useErasures(visit.api)
  // What was asked with is gone then: one goes on where one sees how far it is.
  const erasures = useRef<HTMLHeadingElement>(null)
  const [begun, setBegun] = useState(0)
  useEffect(() => {
    if (begun > 0) erasures.current?.focus()
  }, [begun])
  return (
    <>
      <Section
        title="Erase or export a person"
        intro="Somebody asks to be forgotten, or to see what you have of them. First you see what there is; nothing changes until you say so."
      >
        <PersonForm api={visit.api} onAsk={setPerson} />
        {person && (
          <PersonCard
            visit={visit}
            person={person}
            onBegun={(erasure) => {
              add(erasure)
              setPerson(null)
              setBegun(begun + 1)
              announce('The erasure has begun.')
            }}
          />
        )}
      </Section>
      <Section
        title="Erasures"
        headingRef={erasures}
        intro="FlowCRM does not know any more whom they were about: each has an id, figures, and a signed report that holds no address."
      >
        <ErasureList state={state} onRetry={reload} baseUrl={visit.baseUrl} />
      </Section>
    </>
  )
}

function ForAdmins() {
  return (
    <Section title="Erase or export a person">
      <span>
        An administrator of your organization erases and exports people. Each time is in the{' '}
        <PageLink inline to={addresses.compliance('audit')}>
          audit log
        </PageLink>
        .
      </span>
    </Section>
  )
}
