import { FORM_GROUPS, type FaultForm, type Field, type FormGroup } from './forms.ts'

/** Every text in it is a constant of ours; what changes is filled in by the script, as text. */
export const DESK_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fault desk · FlowCRM sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/desk/desk.css">
<script src="/desk/desk.js" defer></script>
</head>
<body>
<a class="skip" href="#faults">Skip to the faults</a>
<header>
<h1>Fault desk</h1>
<p>This page plays the world around the CRM: people who write mail, and a Microsoft 365 that has bad days. Nothing leaves this computer.</p>
</header>
<main>
<section class="card first" aria-labelledby="deliver-title">
<h2 id="deliver-title">Start here: somebody writes</h2>
<p>A new mail arrives in the mailbox you choose. If the CRM is connected to it, the mail shows up there a moment later.</p>
<form data-fault="deliver">
<div class="field"><label for="mailbox">Mailbox, also for everything below</label><select id="mailbox" required></select></div>
<button class="primary">Deliver a mail</button>
</form>
</section>
<section class="card" aria-labelledby="active-title">
<h2 id="active-title">What is wrong right now</h2>
<ul id="active"><li>Loading…</li></ul>
<form data-fault="clear"><button>Switch everything off</button></form>
</section>
<div id="faults" class="groups" tabindex="-1">${FORM_GROUPS.map(groupHtml).join('')}</div>
${tableHtml('subscriptions', 'Subscriptions', ['Mailbox', 'Listens to', 'Kinds', 'Until', 'State'])}
${tableHtml('notifications', 'Last 20 notifications sent', ['Time', 'What', 'To', 'Attempt', 'Answer'])}
${tableHtml('requests', 'Last 20 requests to Graph', ['Time', 'Caller', 'Request', 'Answer'])}
</main>
<p id="result" role="status" aria-live="polite"></p>
<footer>The same by program: <code>POST /desk/api/&lt;fault&gt;</code> with JSON, and <code>GET /desk/api/state</code>.</footer>
</body>
</html>
`

function groupHtml({ title, forms }: FormGroup, index: number): string {
  return `<section class="card" aria-labelledby="group-${index}"><h2 id="group-${index}">${title}</h2>${forms.map(formHtml).join('')}</section>`
}

function formHtml({ fault, button, explain, fields }: FaultForm): string {
  const explainId = `explain-${fault}`
  return `<form data-fault="${fault}"><p id="${explainId}">${explain}</p>
<div class="row">${fields.map((field) => fieldHtml(field, fault)).join('')}<button aria-describedby="${explainId}">${button}</button></div></form>`
}

function fieldHtml(field: Field, scope: string): string {
  const id = `${scope}-${field.name}`
  return `<div class="field"><label for="${id}">${field.label}</label>${inputHtml(field, id)}</div>`
}

function inputHtml(field: Field, id: string): string {
  const named = `id="${id}" name="${field.name}"`
  switch (field.kind) {
    case 'number':
      return `<input ${named} type="number" inputmode="numeric" value="${field.value}" min="${field.min}" required>`
    case 'choice':
      return `<select ${named}>${field.options.map((text) => `<option>${text}</option>`).join('')}</select>`
  }
}

function tableHtml(id: string, title: string, columns: readonly string[]): string {
  return `<section class="card"><h2 id="${id}-title">${title}</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}-title"><table><thead><tr>${columns
    .map((column) => `<th scope="col">${column}</th>`)
    .join(
      '',
    )}</tr></thead><tbody id="${id}" data-columns="${columns.length}"></tbody></table></div></section>`
}
