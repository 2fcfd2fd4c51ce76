const many = (part: string, count: number) => part.repeat(count)

/** Mails made to cost more than they weigh (reliability F3). */
export const bombs = (): Record<string, string> => ({
  '20k nested tags': `${many('<div>', 20_000)}x${many('</div>', 20_000)}`,
  '20k nested tags that are never closed': many('<b><i><u>', 7_000),
  '300k nested tags': many('<span>', 300_000),
  '100k closing tags': many('</p></div>', 50_000),
  '100k attributes': `<p ${Array.from({ length: 100_000 }, (_, at) => `a${at}=x`).join(' ')}>x`,
  '100k times the same attribute': `<p ${many('style=color:red ', 100_000)}>x`,
  '10 MB of HTML': many('<p style="color:red">Good morning.</p>', 265_000),
  '1 MB of style': `<p style="${many('color:red;', 100_000)}">x`,
  '1 MB in one style': `<p style="font-family:${many('a,', 500_000)}">x`,
  '1 MB of spaces in a style': `<p style="color:${many(' ', 1_000_000)}x">x`,
  'a flood of entities': many('&amp;&lt;&#60;&#x3c;&notin;', 40_000),
  'a flood of ampersands': many('&', 1_000_000),
  'a flood of open brackets': many('<', 1_000_000),
  'a flood of comments': many('<!--', 250_000),
  '100k pictures': many('<img src="https://a.test/1">', 100_000),
  '100k lines of a table': many('<tr><td>x', 100_000),
  'a title without an end': `<title>${many('<p>x', 250_000)}`,
  'quotes without an end': `<a href="${many('<p title="', 100_000)}`,
})
