/** The page's look; light or dark as the reader's system is. */
export const DESK_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #eef1f6; --card: #ffffff; --text: #1b1f27; --quiet: #565d6b; --line: #d5dae3; --field: #8a93a3;
  --accent: #0f5cbf; --accent-strong: #0b4692; --on-accent: #ffffff; --hover: #f0f5fd; --good: #0b6a3a; --bad: #a4262c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14161b; --card: #1f232b; --text: #eef0f4; --quiet: #aab2c0; --line: #3a414d; --field: #7c8596;
    --accent: #7db4ff; --accent-strong: #a5cbff; --on-accent: #0c1a2d; --hover: #293040; --good: #7fd6a4; --bad: #ff9ea3;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', Arial, sans-serif;
}
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
h1 { margin: 0; font-size: 1.75rem; font-weight: 600; }
h2 { margin: 0 0 .5rem; font-size: 1.125rem; font-weight: 600; }
p { margin: 0 0 .75rem; }
header p, form p, .first p { color: var(--quiet); max-width: 46rem; }
main { display: grid; gap: 1rem; margin-top: 1rem; }
.card { min-width: 0; padding: 1.25rem 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.groups { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); align-items: start; }
.groups:focus { outline: none; }
.groups form { padding: .75rem 0; border-top: 1px solid var(--line); }
.groups form p { margin: 0 0 .375rem; font-size: .875rem; }
.row, .first form { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: end; }
.field { display: grid; gap: .125rem; min-width: 0; flex: 1 1 8rem; }
.first .field { flex: 0 1 22rem; }
label { font-size: .8125rem; color: var(--quiet); }
button, input, select { font: inherit; min-height: 2.25rem; border-radius: 8px; }
input, select { width: 100%; padding: .25rem .5rem; border: 1px solid var(--field); background: var(--card); color: inherit; }
button { padding: .25rem 1rem; border: 1px solid var(--field); background: transparent; color: inherit; cursor: pointer; }
button:hover { background: var(--hover); }
button[aria-busy] { opacity: .6; }
.primary { min-height: 3rem; padding: .5rem 2rem; font-size: 1.125rem; font-weight: 600; background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.primary:hover { background: var(--accent-strong); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
#result {
  position: sticky; bottom: 1rem; margin: 1rem 0 0; padding: .75rem 1.25rem; font-weight: 600; color: var(--good);
  background: var(--card); border: 2px solid currentColor; border-radius: 12px; box-shadow: 0 8px 28px rgb(0 0 0 / 20%);
}
#result:empty { visibility: hidden; }
#result[data-kind=problem] { color: var(--bad); white-space: pre-line; }
#active { margin: 0 0 .75rem; padding-left: 1.25rem; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; }
th { text-align: left; font-weight: 600; color: var(--quiet); }
th, td { padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; }
td:first-child { white-space: nowrap; }
code { font-family: ui-monospace, Consolas, monospace; font-size: .875em; }
footer { padding: 1.25rem 0; color: var(--quiet); font-size: .875rem; }
@media (max-width: 30rem) { .card { padding: 1rem; } .primary { width: 100%; } }
`
