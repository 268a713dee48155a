import { shortDigest } from '../../model/digest.ts'
import { isWide } from './turned.ts'
import type { ReportDocument } from './types.ts'

/** The whole style of a report on screen and paper; of the design it holds only what runs along the edges of every page. */
export function reportStyle(document: ReportDocument): string {
  const { title, stamp } = document
  const made = stamp.version === '' ? 'Skeptic' : `Skeptic ${stamp.version}`
  return `${SCREEN}
@page{size:A4${isWide(document) ? ' landscape' : ''};margin:20mm 16mm 18mm;
@top-left{content:${quoted(title)};${EDGE}}
@top-right{content:${quoted(`${shortDigest(stamp.digest)} \u00b7 ${stamp.at.slice(0, 16).replace('T', ' ')} UTC`)};${EDGE}}
@bottom-left{content:${quoted(made)};${EDGE}}
@bottom-right{content:"Page " counter(page) " of " counter(pages);${EDGE}}}
@page turned{size:A4 landscape}
@page:first{@top-left{content:""}@top-right{content:""}}
${PRINT}${document.kind === 'executive' ? `\n${ONE_PAGE}` : ''}`
}

const EDGE = 'font:8pt system-ui,sans-serif;color:#5b6470'

/** A CSS string of any text: everything but letters, digits and calm marks as an escape, so that nothing ends string or sheet. */
function quoted(text: string): string {
  const short = text.length > 90 ? `${text.slice(0, 89)}\u2026` : text
  const inner = [...short].map(char =>
    /[A-Za-z0-9 .,:()-]/.test(char) ? char : `\\${(char.codePointAt(0) ?? 32).toString(16)} `,
  )
  return `"${inner.join('')}"`
}

const SCREEN = `
:root{color-scheme:light dark;--paper:#fff;--ground:#f3f4f6;--ink:#1b1f24;--soft:#4d5662;--line:#d9dde3;--hair:#e8ebef;--accent:#23508f;--tint:#f5f7fa;
--good:#17603a;--good-soft:#e6f4ec;--attention:#7a4a00;--attention-soft:#fdf2dc;--bad:#9b1c31;--bad-soft:#fcebee}
@media (prefers-color-scheme:dark){:root{--paper:#16191d;--ground:#0e1013;--ink:#e9ecf0;--soft:#aab3be;--line:#363d46;--hair:#272d34;--accent:#9cc2f7;--tint:#1d2126;
--good:#86dba9;--good-soft:#16301f;--attention:#f0c476;--attention-soft:#362a10;--bad:#ff9dae;--bad-soft:#3d1820}}
*{box-sizing:border-box}
html{scroll-behavior:auto;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.page{max-width:1040px;margin:0 auto;padding:clamp(20px,5vw,64px) clamp(16px,5vw,72px);background:var(--paper);min-height:100vh}
.skip{position:absolute;left:-9999px}
.skip:focus{left:12px;top:12px;padding:8px 14px;background:var(--paper);border:2px solid var(--accent);border-radius:6px}
a{color:var(--accent);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:2px}
nav a{text-decoration:none}
a:hover{text-decoration-thickness:2px}
a:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
header{border-bottom:2px solid var(--ink);padding-bottom:18px;margin-bottom:26px}
.kind{margin:0 0 6px;font-size:12px;font-weight:600;letter-spacing:.09em;text-transform:uppercase;color:var(--soft)}
h1{margin:0 0 16px;font-size:clamp(25px,4.2vw,34px);line-height:1.18;letter-spacing:-.018em;font-weight:680;text-wrap:balance}
h2{margin:46px 0 12px;font-size:20px;line-height:1.3;letter-spacing:-.008em;font-weight:650}
h3{margin:30px 0 8px;font-size:16px;font-weight:650}
p{margin:0 0 12px;max-width:76ch}
ul{margin:0 0 14px;padding-left:20px;max-width:80ch}
li{margin:0 0 6px}
li::marker{color:var(--soft)}
code{font:.86em/1.4 ui-monospace,SFMono-Regular,"Cascadia Mono",Menlo,Consolas,monospace}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 22px;margin:0 0 14px}
dt{color:var(--soft)}
dd{margin:0}
.notice{margin:0 0 26px;padding:16px 20px 8px;border-left:4px solid var(--attention);border-radius:0 6px 6px 0;background:var(--attention-soft)}
.notice h2{margin:0 0 8px;font-size:17px}
.broken{border-left-color:var(--bad);background:var(--bad-soft)}
.stale{border-left-color:var(--line);background:var(--tint)}
nav{margin:0 0 8px;padding:14px 0 4px;border-top:1px solid var(--line)}
nav h2{margin:0 0 8px;font-size:12px;font-weight:600;letter-spacing:.09em;text-transform:uppercase;color:var(--soft)}
nav ol{columns:3 200px;column-gap:28px;margin:0;padding:0;list-style:none}
nav li{margin:0;break-inside:avoid}
nav a{display:inline-block;padding:3px 0}
.wide{overflow-x:auto;margin:0 0 18px}
table{width:100%;border-collapse:collapse;margin:0 0 18px;font-size:13.5px;line-height:1.45}
.wide table{margin:0;min-width:500px}
.very table{min-width:720px}
.wide caption span{display:block;max-width:calc(100vw - 40px)}
caption{padding:0 0 8px;text-align:left;color:var(--soft);font-size:13.5px}
th,td{overflow-wrap:break-word;padding:7px 12px 7px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--hair)}
thead th{padding-top:4px;border-bottom:1.5px solid var(--ink);font-size:12px;font-weight:600;color:var(--soft);vertical-align:bottom;overflow-wrap:normal}
tbody th{font-weight:600}
.id{white-space:nowrap;overflow-wrap:normal}
td a,.id{font-variant-numeric:tabular-nums}
td a{white-space:nowrap}
.end{text-align:right}
.middle{text-align:center}
:target{background:var(--attention-soft)}
.good{color:var(--good)}
.attention{color:var(--attention)}
.bad{color:var(--bad)}
.muted{color:var(--soft)}
.long{overflow-wrap:anywhere}
.chip{display:inline-block;white-space:nowrap;padding:0 8px;border-radius:9px;font-weight:600;font-size:12.5px}
.chip.good,.cells .good{background:var(--good-soft)}
.chip.attention,.cells .attention{background:var(--attention-soft)}
.chip.bad,.cells .bad{background:var(--bad-soft)}
.cells th,.cells td{padding:7px 10px;border:1px solid var(--line)}
.cells td{text-align:center;vertical-align:middle}
.cells thead th{text-align:center;border-bottom:1px solid var(--line)}
.cells thead th:first-child{text-align:left}
.cells tbody th{font-weight:500}
p.good,p.attention,p.bad{padding:10px 14px;border-radius:6px;max-width:none}
p.good{background:var(--good-soft)}p.attention{background:var(--attention-soft)}p.bad{background:var(--bad-soft)}
figure{margin:0 0 20px}
.drawing{padding:12px;border:1px solid var(--line);border-radius:6px;background:#fff}
.drawing svg{display:block;width:100%;height:auto;max-height:80vh}
figcaption{margin-top:8px;color:var(--soft);font-size:13.5px}
figcaption b{color:var(--ink)}
footer{margin-top:56px;padding-top:14px;border-top:1px solid var(--line);color:var(--soft);font-size:12.5px}
@media (max-width:520px){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:6px}table{font-size:12.5px}th,td{padding-right:8px;overflow-wrap:anywhere}.wide th,.wide td,.id{overflow-wrap:normal}.wide .long{overflow-wrap:anywhere}}
@media (forced-colors:active){.chip{border:1px solid CanvasText}.drawing{forced-color-adjust:none}}
`.trim()

/** On paper: the light colours whatever the screen has, ink before surfaces, heads repeated and never alone, no row and no picture broken apart; the edges say what the foot says. */
const PRINT = `
@media print{
:root{color-scheme:light;--paper:#fff;--ground:#fff;--ink:#111;--soft:#4a525c;--line:#c9ced6;--hair:#dfe3e8;--accent:#1d457d;--tint:#f5f7fa;
--good:#17603a;--good-soft:#e6f4ec;--attention:#7a4a00;--attention-soft:#fdf2dc;--bad:#9b1c31;--bad-soft:#fcebee}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{font-size:9.5pt;line-height:1.45}
.page{max-width:none;padding:0;min-height:0}
.skip{display:none}
h1{font-size:22pt;margin-bottom:10pt}
h2{font-size:13.5pt;margin:20pt 0 7pt}
h3{font-size:11pt;margin:14pt 0 5pt}
h2,h3,caption{break-after:avoid}
header{padding-bottom:10pt;margin-bottom:14pt}
.notice{padding:9pt 12pt 4pt;margin-bottom:12pt}
.notice h2{font-size:12pt}
p,li{orphans:3;widows:3}
table,caption,figcaption{font-size:8.5pt}
thead th,.chip,footer{font-size:8pt}
.wide{overflow:visible}
.wide table{min-width:0}
.wide caption span{max-width:none}
th,td{padding:4pt 8pt 4pt 0}
.chip{padding:0 5pt}
.cells th,.cells td{padding:4pt 6pt}
thead{display:table-header-group}
tr,figure,dl,nav,.whole{break-inside:avoid}
tbody tr:nth-child(-n+2),tbody tr:last-child,p.muted{break-before:avoid}
.notice{box-decoration-break:clone;-webkit-box-decoration-break:clone}
.drawing{padding:4pt;border:0}
.drawing svg{max-height:215mm}
.turned{page:turned}
figure.turned svg{max-height:138mm}
a{color:inherit;text-decoration:none}
:target{background:none}
.break{break-before:page}
footer{display:none}
}`.trim()

/** What is called one page takes one: closer lines, and the facts of its head side by side. */
const ONE_PAGE = `
@media print{
@page{margin:13mm 15mm 13mm}
body{font-size:8.8pt;line-height:1.34}
header{margin-bottom:9pt;padding-bottom:7pt}
header dl{grid-template-columns:max-content 1fr max-content 1fr;gap:1pt 12pt;margin:0;font-size:8pt}
header dd:nth-of-type(1),header dd:nth-of-type(2){grid-column:2/5}
h1{font-size:18pt;margin-bottom:7pt}
h2{font-size:11pt;margin:9pt 0 3pt}
p,ul{margin-bottom:5pt;max-width:none}
li{margin-bottom:1pt}
.notice{padding:5pt 10pt 1pt;margin-bottom:6pt}
.notice p,.notice ul{margin-bottom:4pt}
.notice h2{font-size:10.5pt;margin-bottom:3pt}
table,caption{font-size:8.2pt}
table{margin-bottom:8pt;line-height:1.3}
caption{padding-bottom:4pt}
th,td,.cells th,.cells td{padding-top:2pt;padding-bottom:2pt}
p.good,p.attention,p.bad{padding:5pt 9pt}
}`.trim()
