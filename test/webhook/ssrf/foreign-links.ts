/** The Graph that our service was told of. */
export const GRAPH = 'https://graph.microsoft.com/v1.0'

const REST = '/v1.0/users/a/messages/delta?$skiptoken=x'

/** This machine, its neighbours and its cloud, in every notation of an address. */
const insideHosts = [
  ...['127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '127.0.0.1.', '127.0.0.1:443'],
  ...['2130706433', '0x7f000001', '0x7f.1', '0x7f.0.0.1', '017700000001', '0177.0.0.1', '0x7F.1'],
  ...['0', '0.0.0.0', '00000000', '0x0', '①②⑦.⓪.⓪.①', '127。0。0。1', '１２７.0.0.1'],
  ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::1]:443', '[::127.0.0.1]', '[::ffff:127.0.0.1]'],
  ...['[::ffff:7f00:1]', '[0:0:0:0:0:ffff:7f00:1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]'],
  ...['[fe80::1]', '[fc00::1]', '[fd00::1]', '[ff02::1]', '[2001:db8::1]'],
  ...['localhost', 'LOCALHOST', 'localhost.', 'localhost:8443', 'localhost.localdomain'],
  ...['ip6-localhost', 'localtest.me', '127.0.0.1.nip.io', 'ⓛocalhost', 'localhos\u00adt'],
  ...[
    '10.0.0.1',
    '10.1',
    '172.16.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '198.18.0.1',
    '255.255.255.255',
  ],
  ...['169.254.169.254', '169.254.169.254.', '0xa9fea9fe', '2852039166', '0251.0376.0251.0376'],
  ...['[::ffff:169.254.169.254]', '[fd00:ec2::254]', '169.254.169.254.nip.io', '169.254.170.2'],
  ...['metadata.google.internal', 'metadata', '100.100.100.200', '168.63.129.16', '192.0.0.192'],
  ...['kubernetes.default.svc', 'host.docker.internal'],
]

/** Other hosts, and names that look like Graph's. */
const lookalikes = [
  ...['evil.example', 'graph.microsoft.com.evil.example', 'evil.example.', 'graph.microsoft.com.'],
  ...['graph.microsoft.co', 'graph.microsoft.comm', 'graph.microsoft.cam', 'graph-microsoft.com'],
  ...['xgraph.microsoft.com', 'x.graph.microsoft.com', 'microsoft.com', 'graphmicrosoft.com'],
  ...[
    'graph.microsoft.us',
    'graph.windows.net',
    'login.microsoftonline.com',
    'graph..microsoft.com',
  ],
  ...['graph.microsoft.com%2eevil.example', 'graph.microsoft.com%2fevil.example', 'graph%.com'],
  ...['grаph.microsoft.com', 'graph.mіcrosoft.com', 'grɑph.microsoft.com', 'graph.mícrosoft.com'],
  ...['graph.microsoft.cοm', 'graph.micr0soft.com', 'graph.rnicrosoft.com', 'ĝraph.microsoft.com'],
  ...['xn--grph-6cd.microsoft.com', 'graph.microsoft.com\u2024evil.example', '例え.テスト'],
  ...['graph.microsoft.com:80', 'graph.microsoft.com:444', 'graph.microsoft.com:8443'],
  ...['graph.microsoft.com:0', 'graph.microsoft.com:65535', 'graph.microsoft.com:99999'],
]

/** Where a reader and a machine may take different parts for the host. */
const misread = [
  ...['https://graph.microsoft.com@evil.example', 'https://graph.microsoft.com:443@evil.example'],
  ...['https://graph.microsoft.com%40evil.example', 'https://a:b@evil.example'],
  ...['https://evil.example@graph.microsoft.com', 'https://:secret@graph.microsoft.com'],
  ...['https://@@evil.example', 'https://evil.example\\@graph.microsoft.com'],
  ...['https://graph.microsoft.com\\@evil.example', 'https://evil.example#@graph.microsoft.com'],
  ...['https://evil.example?@graph.microsoft.com', 'https://graph.microsoft.com&@evil.example'],
  ...[
    'https:evil.example',
    'https:/evil.example',
    'https:///evil.example',
    'https:////evil.example',
  ],
  ...[
    'https:\\\\evil.example',
    'https:/\\evil.example',
    'https:\\/evil.example',
    '\\\\evil.example',
  ],
  ...[
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '//graph.microsoft.com@evil.example',
  ],
  ...[' https://evil.example', '\thttps://evil.example', '\r\nhttps://evil.example'],
  ...['ht\ntps://evil.example', 'https\t://evil.example', 'https:/\t/evil.example'],
  ...['https://evil.exam\nple', 'https://evil.example\r\nHost: graph.microsoft.com\r\n'],
  ...['https://graph.microsoft.com\t.evil.example', 'https://graph.microsoft.com\n@evil.example'],
  ...[
    'https://\u0000evil.example',
    'https://evil.example\u0000.microsoft.com',
    'HTTPS://EVIL.EXAMPLE',
  ],
  ...[
    'https://graph.microsoft.com\u3002evil\u3002example',
    'https://evil.example/.graph.microsoft.com',
  ],
].map((start) => `${start}${REST}`)

const schemes = [
  ...['http://graph.microsoft.com', 'ftp://graph.microsoft.com', 'ws://graph.microsoft.com'],
  ...['wss://graph.microsoft.com', 'file://graph.microsoft.com', 'gopher://graph.microsoft.com'],
  ...[
    'ldap://graph.microsoft.com',
    'jar:https://graph.microsoft.com',
    'httpss://graph.microsoft.com',
  ],
  ...['blob:https://graph.microsoft.com', 'view-source:https://graph.microsoft.com', 'dict://x'],
  ...['file://', 'file:///etc/passwd#', 'file:/etc/passwd#', 'unix:/var/run/docker.sock:'],
].map((start) => `${start}${REST}`)

const noLinks = [
  ...[
    'data:application/json,{}',
    'data:,',
    'javascript:alert(1)',
    'about:blank',
    'mailto:a@b.test',
  ],
  ...[
    'urn:uuid:0',
    'evil.example',
    'v1.0/users/a',
    '?x=1',
    '#x',
    ' ',
    '.',
    '..',
    '%2f%2fevil.example',
  ],
  ...['https://', 'https:', 'https://[', 'https://]', 'https://[::1', 'https://:443', '\u0000'],
]

/** On Graph, but not within the version that we speak. */
const elsewhereOnGraph = [
  ...[
    '/',
    '/beta/users/a',
    '/v1.0',
    '/v1.0.1/users/a',
    '/v1.00/users/a',
    '/v2.0/x',
    '//v1.0/users/a',
  ],
  ...['/v1.0/../beta/x', '/v1.0/%2e%2e/beta/x', '/v1.0/.%2e/beta/x', '/v1.0/%2E%2E/beta/x'],
  ...[
    '/v1.0/..\\beta/x',
    '/v1.0\\..\\beta\\x',
    '/v1.0/x/../../beta',
    '/v1.0%2fusers/a',
    '/V1.0/users/a',
  ],
  ...['/v1.0/https://evil.example/x', '/v1.0/x?to=https://evil.example/', '/v1.0/a\t/../../beta'],
].map((path) => `https://graph.microsoft.com${path}`)

/** Each would carry our token to somebody else, or to another part of Graph. */
export const foreignLinks: readonly string[] = [
  ...insideHosts.flatMap((host) => [`https://${host}${REST}`, `http://${host}${REST}`]),
  ...lookalikes.map((host) => `https://${host}${REST}`),
  ...misread,
  ...schemes,
  ...noLinks,
  ...elsewhereOnGraph,
]

/** Spelt oddly, yet nothing but Graph: these may be followed, or not, but lead nowhere else. */
export const harmlessLinks: readonly string[] = [
  `https://graph.microsoft.com:443${REST}`,
  `HTTPS://GRAPH.MICROSOFT.COM${REST}`,
  `https://ｇraph.microsoft.com${REST}`,
  `https://graph。microsoft。com${REST}`,
  `https://gra\nph.microsoft.com${REST}`,
  `https:graph.microsoft.com${REST}`,
  `https:\\\\graph.microsoft.com${REST}`,
  `https://graph.microsoft.com/v1.0/HTTPS://evil.example/x`,
  `https://graph.microsoft.com/v1.0//evil.example/x`,
  `https://graph.microsoft.com/v1.0/\\evil.example/x`,
  `https://graph.microsoft.com/v1.0/@evil.example/x`,
  `https://graph.microsoft.com/v1.0/..%2fbeta/x`,
  `https://graph.microsoft.com/v1.0/x#@evil.example`,
  `https://graph.microsoft.com/v1.0/x?a=%0d%0aHost:%20evil.example`,
  `https://graph.microsoft.com/v1.0/x?$skiptoken=http://evil.example/`,
  '/\\evil.example/x',
  '/@evil.example/x',
  '/%2f%2fevil.example/x',
]
