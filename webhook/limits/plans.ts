/** What a workspace may use. Null: as much as it likes. */
export type Plan = {
  name: string
  emailsPerDay: number | null
  emailsStored: number | null
  attachmentBytes: number
}

const MB = 1024 * 1024

/** The plans that there are (product 4.5); each figure can be configured otherwise. */
export const plans = {
  professional: { emailsPerDay: 10_000, emailsStored: 100_000, attachmentBytes: 50 * MB },
  enterprise: { emailsPerDay: null, emailsStored: null, attachmentBytes: 100 * MB },
} as const satisfies Record<string, Omit<Plan, 'name'>>

export type PlanName = keyof typeof plans
export const planNames = Object.keys(plans) as [PlanName, ...PlanName[]]

/** A plan with figures of one's own; 0 is no limit. */
export function planOf(
  name: PlanName,
  own: {
    emailsPerDay?: number | undefined
    emailsStored?: number | undefined
    attachmentMb?: number | undefined
  } = {},
): Plan {
  const plan = plans[name]
  return {
    name,
    emailsPerDay: figure(own.emailsPerDay, plan.emailsPerDay),
    emailsStored: figure(own.emailsStored, plan.emailsStored),
    attachmentBytes: own.attachmentMb === undefined ? plan.attachmentBytes : own.attachmentMb * MB,
  }
}

const figure = (own: number | undefined, usual: number | null): number | null =>
  own === undefined ? usual : own === 0 ? null : own
