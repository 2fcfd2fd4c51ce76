/** The look of every page here; light or dark as the reader's system is. Served as a file, so that no style is inline. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #eef1f6; --card: #ffffff; --text: #1b1f27; --quiet: #565d6b; --line: #d5dae3;
  --accent: #0f5cbf; --accent-strong: #0b4692; --on-accent: #ffffff; --hover: #f0f5fd; --badge: #e3ecfa;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14161b; --card: #1f232b; --text: #eef0f4; --quiet: #aab2c0; --line: #3a414d;
    --accent: #7db4ff; --accent-strong: #a5cbff; --on-accent: #0c1a2d; --hover: #293040; --badge: #2c3a52;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; grid-template-rows: 1fr auto; justify-items: center; align-items: center;
  padding: 1.5rem 1rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', Arial, sans-serif;
}
main {
  width: 100%; max-width: 27rem; padding: 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 8px 28px rgb(0 0 0 / 10%);
}
.brand { margin: 0 0 1.25rem; display: flex; align-items: center; gap: .5rem; color: var(--quiet); font-size: .875rem; }
.brand svg { width: 1.25rem; height: 1.25rem; fill: none; stroke: var(--accent); stroke-width: 2; stroke-linecap: round; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25; font-weight: 600; }
h2 { margin: 1.5rem 0 .5rem; font-size: .875rem; font-weight: 600; color: var(--quiet); }
p { margin: 0 0 1rem; }
.quiet { color: var(--quiet); font-size: .875rem; }
ul { list-style: none; margin: 0; padding: 0; }
code { font-family: ui-monospace, Consolas, monospace; font-size: .8125rem; overflow-wrap: anywhere; }
button, .button { font: inherit; cursor: pointer; border-radius: 8px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.people { display: grid; gap: .5rem; }
.person {
  width: 100%; display: grid; grid-template-columns: auto 1fr; column-gap: .875rem; align-items: center; text-align: left;
  padding: .625rem .875rem; border: 1px solid var(--line); background: transparent; color: inherit;
}
.person:hover { background: var(--hover); border-color: var(--accent); }
.initials {
  grid-row: span 2; width: 2.5rem; height: 2.5rem; display: grid; place-items: center; border-radius: 50%;
  background: var(--badge); color: var(--accent-strong); font-weight: 600; font-size: .875rem;
}
.person strong { font-weight: 600; }
.person span:last-child { color: var(--quiet); font-size: .875rem; overflow-wrap: anywhere; }
.permissions li { padding: .625rem 0; border-top: 1px solid var(--line); }
.permissions li:last-child { border-bottom: 1px solid var(--line); }
.permissions strong { display: block; font-weight: 600; }
.permissions span { color: var(--quiet); font-size: .875rem; }
.actions { display: flex; justify-content: flex-end; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; }
.actions button { min-width: 6.5rem; padding: .5rem 1.25rem; border: 1px solid var(--line); background: transparent; color: inherit; }
.actions button:hover { background: var(--hover); }
.actions .primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.actions .primary:hover { background: var(--accent-strong); }
dl { margin: 1rem 0 0; display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; font-size: .875rem; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
footer { padding-top: 1.25rem; color: var(--quiet); font-size: .8125rem; text-align: center; }
@media (max-width: 30rem) { main { padding: 1.5rem 1.25rem; } }
@media (forced-colors: active) { .initials { border: 1px solid; } }
`
