import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

/** One box: what the CRM says about the open message. */
export function Card({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className={useStyles().card} aria-label={label}>
      {children}
    </section>
  )
}

const useStyles = makeStyles({
  card: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    boxShadow: tokens.shadow2,
  },
})
