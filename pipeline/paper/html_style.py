"""The look of a document's HTML page: one column of text as on paper, and paper itself when printed."""

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem 1.25rem 4rem; color: #1b1f24; background: #fff;
  font: 1.0625rem/1.85 "Songti SC", "SimSun", "Noto Serif CJK SC", "Noto Sans CJK SC", serif; }
header, footer { border: 1px solid #8a6100; background: #fff8e5; padding: .5rem .9rem;
  font: .9rem/1.6 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; }
header p, footer p { margin: 0; }
h1, h2, h3, h4, h5, .title { font-family: "SimHei", "Heiti SC", "Noto Sans CJK SC", sans-serif; line-height: 1.5; }
h1, .title { font-size: 1.5rem; text-align: center; margin: 2.5rem 0 1.5rem; font-weight: 600; }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem; }
h3, h4, h5 { font-size: 1.0625rem; margin: 1.25rem 0 .25rem; }
main > p:not([class]) { margin: .35rem 0; text-indent: 2em; text-align: justify; }
p.centred { text-align: center; text-indent: 0; }
p.closing { text-align: right; } p.figure { text-align: center; margin-top: 1rem; }
p.note { font-size: .95rem; color: #444b54; }
mark { background: #ffe9a8; color: #5c3d00; padding: 0 .1em; }
.items { list-style: none; margin: .35rem 0; padding: 0; }
.items li { padding-left: 3.5em; text-indent: -1.25em; }
.items .level-2 { padding-left: 5em; } .items .level-3 { padding-left: 6.5em; }
dl { margin: .5rem 0 1rem; }
dl div { display: flex; gap: .75rem; padding: .2rem 0; }
dt { flex: 0 0 8.5em; color: #444b54; } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
.cover { border-bottom: 1px solid #c8ccd1; padding-bottom: 1rem; margin-bottom: 2rem; }
.contents ul { list-style: none; padding: 0; }
.wide { overflow-x: auto; margin: .75rem 0; }
.wide:focus-visible { outline: 3px solid #0b5cad; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; line-height: 1.55; }
th, td { border: 1px solid #6b727b; padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: #f0f2f4; } .number { text-align: right; font-variant-numeric: tabular-nums; }
.signature { display: flex; flex-wrap: wrap; gap: 2rem; margin-top: 3rem; break-inside: avoid; }
.signature div { flex: 1 1 16rem; } .signature p { margin: .5rem 0; }
hr.page { border: 0; border-top: 1px dashed #8a929c; margin: 2.5rem 0; }
@page { size: A4; margin: 2.5cm 2.2cm; }
@media print {
  body { max-width: none; padding: 0; font-size: 12pt;
    font-family: "FangSong", "STFangsong", "FandolFang", "SimSun", "Noto Serif CJK SC", serif; }
  hr.page { visibility: hidden; break-after: page; margin: 0; }
  h2, h3, h4 { break-after: avoid; } tr { break-inside: avoid; } .wide { overflow: visible; }
}
"""
"""The style sheet; it stands in the page, whose policy names its hash, so that a single file is enough."""
