/** How much of something a run tries: `whole` is what the goal says, with `SIZES=whole`; `daily` is for every run. */
export const sized = (daily: number, whole: number): number =>
  process.env['SIZES'] === 'whole' ? whole : daily
