import { createHash } from 'node:crypto';

/** The same sheet as on paper, as wide as a page is read; in large print nothing is below 18 points (24 px). */
export const LETTER_STYLE = `
:root{color-scheme:light;--ink:#16212b;--accent:#0b5763;--tint:#edf4f4}
body{margin:0;background:#fff;color:var(--ink);font:17px/1.5 "Atkinson Hyperlegible Next",system-ui,sans-serif}
main{max-width:40em;margin:0 auto;padding:24px 20px 40px;overflow-wrap:anywhere}
.large{font-size:24px}
p,ul,dl{margin:0 0 .8em}
h1,h2{color:var(--accent);line-height:1.25}
h1{margin:1em 0 .4em;font-size:1.6em}
h2{margin:1.2em 0 .4em;font-size:1.15em}
.sender{margin:0;font-weight:700;color:var(--accent)}
.address{margin:1.5em 0}
dl{padding:.7em .9em;border-radius:6px;background:var(--tint)}
dl div{display:flex;flex-wrap:wrap;gap:0 1em}
dl div+div{margin-top:.3em}
dt{flex:0 0 9em;font-weight:700}
dd{flex:1 1 12em;margin:0}
.main dd{font-size:1.2em;font-weight:700;line-height:1.35}
a{color:var(--accent)}
li+li{margin-top:.2em}
@page{size:A4;margin:20mm}
@media print{body{font-size:11.5pt}.large{font-size:18pt}main{max-width:none;padding:0}h1,h2{break-after:avoid}dl,li{break-inside:avoid}dl{border:1px solid #9fb6ba}}
`.trim();

/** Content security policy of a letter's page: its own style, and nothing else. */
export const LETTER_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(LETTER_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
