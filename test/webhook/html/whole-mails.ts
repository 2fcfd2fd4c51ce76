/** Whole mails as programs write them, each with something in it that must not come through. By hand. */

const outlook = (body: string) =>
  `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15"><!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]--><style><!-- @font-face {font-family:Calibri;} p.MsoNormal {margin:0cm;} --></style></head><body lang=EN-GB link="#0563C1" vlink="#954F72" style='word-wrap:break-word'><div class=WordSection1>${body}</div></body></html>`
const newsletter = (body: string) =>
  `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html><head><style type="text/css">@media only screen{.x{width:100%!important}}</style></head><body bgcolor="#f4f4f4" style="margin:0;padding:0"><center><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" align="center"><tr><td bgcolor="#ffffff" style="padding:24px;font-family:Arial,'Helvetica Neue',sans-serif;font-size:14px">${body}</td></tr></table></center></body></html>`
const apple = (body: string) =>
  `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;" class="ApplePlainTextBody">${body}<br id="lineBreakAtBeginningOfMessage"></body></html>`
const gmail = (body: string) =>
  `<div dir="ltr">${body}<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Fri, Carol wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><p>Hello</p></blockquote></div></div>`

const SHELLS = [outlook, newsletter, apple, gmail]

/** What the mails say, and what hides in it. */
const LETTERS = [
  '<p class=MsoNormal>Dear all,<o:p></o:p></p><p class=MsoNormal><span style="font-size:11.0pt;color:#1F497D;mso-fareast-language:EN-US">Offer attached.</span></p><script>alert(1)</script>',
  '<p>Invoice 4711</p><a href="javascript:pay()">Pay now</a> <a href="https://shop.test/pay?id=1&amp;x=2">Pay</a>',
  '<h1>Spring sale</h1><img src="https://cdn.test/hero.png" alt="Hero" width="552" style="display:block;width:100%;max-width:552px"><img src="https://cdn.test/o.gif?u=1" width="1" height="1">',
  '<table border=1 cellpadding=4><tr><th scope=col>Item<th scope=col>Price<tr><td>Beans<td align=right>12.00<tr><td colspan=2 background=https://evil.test/b.gif>Sum</table>',
  '<form action="https://phish.test/login" method=post>Your mailbox is full. <input name=user><input type=password name=pass><button>Keep my mail</button></form>',
  '<div style="position:fixed;top:0;left:0;width:100%;height:100%;background:#fff;z-index:99">Your session has ended. <a href="https://phish.test">Sign in</a></div>',
  '<ul><li>One<li>Two<ul type=square><li>Two and a half</ul></ul><ol start=3 type=a><li value=5>Five</ol><svg onload=alert(1)>',
  '<p>See picture: <img src="cid:image001.png@01DA" alt="Chart"><img src="cid:stranger" onerror=alert(1)></p><v:shape><v:imagedata src="cid:image001.png@01DA" o:title="x"/></v:shape>',
  '<p dir=rtl lang=he>שלום</p><p>Grüße, 你好 👋🏽 &nbsp;&mdash; Carol</p><bdo dir=rtl>txt.exe</bdo><iframe src=//evil.test></iframe>',
  '<font face="Segoe UI, sans-serif" size=+1 color=red>Big</font><marquee onstart=alert(1)>news</marquee><blink>x</blink><base href=//evil.test>',
  '<pre>\nif (a < b && c > d) { alert("&lt;script&gt;") }\n</pre><code>&lt;img src=x onerror=alert(1)&gt;</code><plaintext>the rest <img src=x onerror=alert(1)>',
  '<blockquote type=cite cite="mid:1@x"><div>On Friday, you wrote:<blockquote cite=javascript:x>Older</blockquote></div></blockquote><math><mi xlink:href=javascript:alert(1)>x</mi></math>',
  '<a href="mailto:carol@customer.test?subject=Re%3A%20Offer">Write</a> <a href="tel:+4912345">Call</a> <a href="sms:123">Text</a> <a href="#top" name=top id=top>Up</a> <a href="/admin">Admin</a><object data=x></object>',
]

/** Mails of which the frame itself is the trick. */
const ODD_ONES = [
  '<html><body onload="alert(1)"><frameset><frame src="javascript:alert(1)"></frameset><p>Hello</p></body></html>',
  '</body></html><script>alert(1)</script><html><body><p>After the end</p>',
  '<html><head><title>x</title><base target=_top><meta http-equiv=refresh content="0;url=//evil.test"></head>Hi',
  '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Hi<br/></p><html:script xmlns:html="http://www.w3.org/1999/xhtml">alert(1)</html:script></body></html>',
  '<p>Unclosed <b>bold <i>both <a href="https://good.test">link <p onclick=alert(1)>next',
  `<div>${'<span style="color:red">'.repeat(300)}deep${'</span>'.repeat(300)}</div><img src=x onerror=alert(1)>`,
  '\ufeff<html><body>\u0000\u0008<p>Control\u0007led</p><a href="java\u0000script:alert(1)">x</a></body></html>',
]

export const wholeMails = (): string[] => [
  ...LETTERS.flatMap((letter) => SHELLS.map((shell) => shell(letter))),
  ...ODD_ONES,
]
