/** Seeds that once broke a promise, and by what. They stay green for ever. */
export const pastSeeds: { seed: number; found: string }[] = []
