/** Strings that upset programs: our own list, by what they are made of. */

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at))

const WORDS =
  'undefined null NULL (null) nil NaN Infinity -Infinity true false None hasOwnProperty __proto__ constructor prototype toString valueOf then length 0 -0 1.0 1e400 0x0 0b1 1/0 $1.00 1,000.00 01000 08 2147483648 9007199254740993 ../../etc/passwd %00 %s%s%n %d {0} ${7*7} {{7*7}} <%=1%> #{1} `id` $(id) ;id; |id & ../ ~ -- --help -rf * ? \\ / \\0 \\n CON PRN AUX NUL COM1 LPT1 =1+1 @SUM(1) +1 "1\' \' " \'\' "" \';-- "><> <> </ <!-- --> ]]> <![CDATA[ &lt; &amp;lt; &#0; &#x110000; &; && &#; &#x; &notin; &ampx 😀'.split(
    ' ',
  )

const WRITTEN = [
  'Ω≈ç√∫˜µ≤≥÷åß∂ƒ©˙∆˚¬…æœ∑´®†¥¨ˆøπ“‘¡™£¢∞§¶•ªº–≠',
  '田中さんにあげて下さい パーティーへ行かないか 和製漢語 사회과학원 어학연구소 찦차를 타고 온 펲시맨과',
  'אחת בראשית עברה ‏test‏ ‫مرحبا‬ ‮txt.exe‬ ﷽',
  'Z̶̡̢̛͉͕̀a̷̧̛l̵̨̛g̸̢̛o̶͉͕ ' + 'n\u0323\u0302'.repeat(50),
  '👾 🙇 💁 🙅 🏳️‍🌈 👩‍👩‍👧‍👦 👋🏿 🇺🇸🇷🇺 1️⃣ 🤦🏽‍♀️',
  'ｆｕｌｌ ｗｉｄｔｈ ＜ｓｃｒｉｐｔ＞ 𝕿𝖍𝖊 𝓺𝓾𝓲𝓬𝓴 ⓕⓞⓧ ʇxǝʇ',
  'ÅÅ éé ﬁ ﬃ ǆ ẞ ß İ ı ſ K Ω',
  '<script>alert(1)</script> <img src=x onerror=alert(1)> javascript:alert(1)',
  '\'; DROP TABLE emails; -- {"$gt":""} [object Object] \' OR 1=1',
  '() { :; }; echo x; $HOME `ls` %USERPROFILE% file:///etc/passwd',
  '"Joe \\"X\\" <a@b>" <joe(comment)@[127.0.0.1]> a@b@c @ "@"@x =?utf-8?q?=E2=82?= a@xn--nxasmq6b',
  'a'.repeat(5_000),
  '<'.repeat(2_000),
  '&'.repeat(2_000),
  '\n\r\n\r\t\v\f '.repeat(200),
]

/** Every one alone; and of the odd characters each by itself and within a word. */
export const naughtyStrings = (): string[] => {
  const odd = [
    ...range(0x00, 0x20),
    ...range(0x7f, 0xa0),
    ...range(0x200b, 0x200f),
    ...range(0x2028, 0x202f),
    ...range(0x2060, 0x206f),
    ...range(0xfe00, 0xfe0f),
    ...range(0xfff9, 0xffff),
    ...range(0xe0020, 0xe002f),
    ...[
      '\u00ad',
      '\u034f',
      '\u061c',
      '\u115f',
      '\u180e',
      '\u3000',
      '\ufeff',
      '\ufdd0',
      '\u{1fffe}',
    ],
    ...['\ud800', '\udfff', '\udc00\ud800', '\ud83d'],
  ]
  return ['', ...WORDS, ...WRITTEN, ...odd.flatMap((char) => [char, `a${char}b`, `<p${char}>x`])]
}
