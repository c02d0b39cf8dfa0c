/** What a mail consists of; text and HTML are two faces of the same blocks. */
export type Block =
  | { kind: 'heading' | 'paragraph' | 'small' | 'quote' | 'code'; text: string }
  | { kind: 'button'; text: string; url: string }
  | { kind: 'links'; links: { text: string; url: string }[] }
  | { kind: 'line' }

/** One column of real text, readable without images and in a dark mail program. */
export function layOutMail(blocks: Block[], page: { title: string; locale: string }): { text: string; html: string } {
  return { text: `${blocks.map(asText).join('\n\n')}\n`, html: asPage(blocks.map(asHtml).join('\n'), page) }
}

function asText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'-'.repeat(Math.min(block.text.length, 60))}`
    case 'quote':
      return block.text
        .split('\n')
        .map((line) => `> ${line}`.trimEnd())
        .join('\n')
    case 'button':
      return `${block.text}: ${block.url}`
    case 'links':
      return block.links.map(({ text, url }) => `${text}: ${url}`).join('\n')
    case 'line':
      return '--'
    default:
      return block.text
  }
}

const ink = 'color:#1f2a26'
const styles = {
  heading: `margin:28px 0 8px;font-size:20px;line-height:1.3;font-weight:700;${ink}`,
  paragraph: `margin:0 0 12px;font-size:17px;line-height:1.5;${ink}`,
  small: 'margin:0 0 8px;font-size:14px;line-height:1.5;color:#55615c',
  quote: `margin:0 0 12px;padding:4px 0 4px 14px;border-left:4px solid #23876a;font-size:17px;line-height:1.5;${ink}`,
  code: `margin:0 0 16px;font-size:34px;line-height:1.2;font-weight:700;letter-spacing:6px;${ink}`,
  button:
    'display:inline-block;padding:12px 20px;border-radius:10px;background:#0b5644;color:#ffffff;font-size:17px;font-weight:700;text-decoration:none',
  link: 'color:#0b5644;text-decoration:underline',
  line: 'margin:28px 0 16px;border:0;border-top:1px solid #d5ddd9',
}

function asHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h2 style="${styles.heading}">${inHtml(block.text)}</h2>`
    case 'quote':
      return `<blockquote style="${styles.quote}">${inHtml(block.text)}</blockquote>`
    case 'button':
      return `<p style="margin:0 0 24px"><a class="button" href="${inHtml(block.url)}" style="${styles.button}">${inHtml(block.text)}</a></p>`
    case 'links':
      return `<p style="${styles.small}">${block.links.map(({ text, url }) => `<a href="${inHtml(url)}" style="${styles.link}">${inHtml(text)}</a>`).join(' &middot; ')}</p>`
    case 'line':
      return `<hr style="${styles.line}">`
    default:
      return `<p style="${styles[block.kind]}">${inHtml(block.text)}</p>`
  }
}

const dark = `@media (prefers-color-scheme: dark) {
body, .sheet { background: #14201b !important }
h2, p, blockquote { color: #eef3f0 !important }
p a { color: #7dc4a5 !important }
p a.button { color: #ffffff !important }
}`

function asPage(content: string, { title, locale }: { title: string; locale: string }): string {
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${inHtml(title)}</title><style>${dark}</style></head>
<body style="margin:0;padding:0;background:#ffffff">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 16px">
<table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px"><tr><td align="left" style="font-family:'Atkinson Hyperlegible Next','Segoe UI',Helvetica,Arial,sans-serif">
<p style="margin:0 0 20px;font-size:22px;font-weight:700;color:#0b5644">Meedenk</p>
${content}
</td></tr></table></td></tr></table></body></html>
`
}

const unsafe: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Everything people wrote goes through here; line ends stay visible. */
function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => unsafe[sign] ?? sign).replaceAll('\n', '<br>')
}
