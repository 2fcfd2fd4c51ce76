import { simulate } from './simulate.ts'
const from = Number(process.argv[2] ?? 1), n = Number(process.argv[3] ?? 1)
let bad = 0
for (let seed = from; seed < from + n; seed++) {
  const t = Date.now(); const c = process.cpuUsage()
  const { broken, story } = await simulate(seed)
  console.log("seed", seed, (process.cpuUsage(c).user/1e6).toFixed(1), "s cpu", Date.now() - t, 'ms', broken.length)
  if (process.argv[4]) console.log(story.join('\n'))
  for (const b of broken.slice(0, 5)) console.log('   ', b.slice(0, 600))
  if (broken.length) bad++
}
console.log('bad', bad)
