/// The style sheet of the page.
enum HTMLStyle {
  static let css = """
    :root {
      color-scheme: light dark;
      --paper: #fdfdfc; --ink: #1d2125; --soft: #5a636d; --line: #dcdfe3; --tint: #f3f4f5;
      --link: #0b57a4; --key: #eef4fb;
      --note: #66707a; --info: #1f66b5; --warning: #9a5b00; --error: #b3261e;
      --note-tint: #f4f5f6; --info-tint: #eef5fc; --warning-tint: #fdf5e6; --error-tint: #fdf0ef;
      --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #15181b; --ink: #e2e5e8; --soft: #9ca6b0; --line: #343a41; --tint: #1e2226;
        --link: #83b9f2; --key: #1b2836;
        --note: #9aa4ae; --info: #7db4f0; --warning: #e6b15a; --error: #f2938c;
        --note-tint: #1d2125; --info-tint: #182430; --warning-tint: #2a2214; --error-tint: #2e1a19;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
    @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans",
        "Liberation Sans", Arial, sans-serif;
      overflow-wrap: break-word; font-variant-numeric: tabular-nums;
    }
    .page { max-width: 76rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
    main { min-width: 0; }
    main > p, main > ul, main > ol, main > h2, main > h3, .cell > p, .cell > ul, .cell > ol {
      max-width: 46rem;
    }
    h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; margin: 2em 0 .6em; }
    h1 { font-size: 2.1rem; letter-spacing: -.015em; margin-top: 0; }
    h2 { font-size: 1.45rem; letter-spacing: -.01em; margin-top: 2.4em; scroll-margin-top: 1rem; }
    h3 { font-size: 1.15rem; }
    h4, h5, h6 { font-size: 1rem; }
    main > :first-child { margin-top: 0; }
    p, ul, ol, pre { margin: 0 0 1em; }
    li { margin: .25em 0; }
    li > p { margin-bottom: .5em; }
    li > ul, li > ol { margin-bottom: .25em; }
    a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: .06em; }
    a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    hr { border: 0; border-top: 1px solid var(--line); margin: 2.5rem 0; }
    code { font-family: var(--mono); font-size: .875em; }
    p code, li code, td code, th code {
      background: var(--tint); border-radius: .25em; padding: .1em .3em;
    }
    pre { overflow-x: auto; font-size: .9375rem; line-height: 1.5; }
    pre.code {
      background: var(--tint); border: 1px solid var(--line); border-radius: .4rem;
      padding: .8rem 1rem;
    }
    nav { margin: 0 0 2.5rem; font-size: .9375rem; }
    nav p {
      margin: 0 0 .4rem; color: var(--soft); font-size: .75rem; font-weight: 600;
      letter-spacing: .06em; text-transform: uppercase;
    }
    nav ol { list-style: none; margin: 0; padding: 0; }
    nav ol { columns: 15rem; column-gap: 2rem; max-width: 60rem; }
    nav li { padding: .15em 0; line-height: 1.35; break-inside: avoid; margin: 0; }
    nav a { text-decoration: none; }
    nav a:hover { text-decoration: underline; }
    .cell { margin: 1.6rem 0 2.2rem; }
    .in {
      display: flex; gap: .75rem; align-items: baseline; color: var(--soft);
      border-left: 3px solid var(--line); padding: .1rem 0 .1rem .75rem; margin: 0 0 1rem;
    }
    .in .prompt { flex: none; font-family: var(--mono); font-size: .8125rem; user-select: none; }
    .in pre { margin: 0; min-width: 0; font-size: .875rem; }
    .table { margin: 1.2rem 0 1.8rem; }
    .scroll { overflow-x: auto; max-width: 100%; }
    /* A shade at an edge says that there is more beyond it; at the end of the way a cover hides it. */
    main > .table > .scroll, .cell > .table > .scroll {
      background:
        linear-gradient(90deg, var(--paper) 40%, transparent) 0 0 / 2rem 100% no-repeat local,
        linear-gradient(270deg, var(--paper) 40%, transparent) 100% 0 / 2rem 100% no-repeat local,
        linear-gradient(90deg, var(--line), transparent) 0 0 / .7rem 100% no-repeat scroll,
        linear-gradient(270deg, var(--line), transparent) 100% 0 / .7rem 100% no-repeat scroll;
    }
    table { border-collapse: collapse; font-size: .875rem; line-height: 1.4; }
    caption { text-align: left; padding: 0 0 .6rem; font-weight: 600; caption-side: top; }
    caption span {
      position: sticky; left: 0; display: inline-block;
      max-width: min(46rem, calc(100vw - 2.5rem));
    }
    th, td { padding: .4rem .5rem; text-align: left; vertical-align: top; }
    th:first-child, td:first-child { padding-left: .3rem; }
    thead th {
      vertical-align: bottom; border-bottom: 2px solid var(--ink); font-weight: 600;
      font-size: .8125rem;
    }
    tbody th { font-weight: 500; }
    tbody tr { border-bottom: 1px solid var(--line); }
    tbody th, tbody td { white-space: nowrap; }
    tbody .long { white-space: normal; min-width: 10rem; max-width: 28rem; }
    .number { text-align: right; white-space: nowrap; }
    thead .number { white-space: normal; }
    .center { text-align: center; }
    .unit { display: block; color: var(--soft); font-weight: 400; white-space: nowrap; }
    .pad { user-select: none; }
    .missing { color: var(--soft); white-space: nowrap; }
    .missing a { text-decoration: none; }
    sup { line-height: 0; margin-left: .15em; font-size: .75em; }
    tr.key { background: var(--key); }
    tr.key > * { font-weight: 650; }
    .notes { color: var(--soft); font-size: .84375rem; margin: .6rem 0 0; padding-left: 1.4rem; }
    .marks { color: var(--soft); font-size: .84375rem; margin: .6rem 0 0; }
    .notes li:target, .missing:target { background: var(--warning-tint); }
    .notes a { text-decoration: none; }
    .callout {
      --hue: var(--note); --fill: var(--note-tint);
      max-width: 50rem; margin: 1.2rem 0; padding: .75rem 1rem; border-radius: .4rem;
      border-left: 4px solid var(--hue); background: var(--fill);
    }
    .callout.info { --hue: var(--info); --fill: var(--info-tint); }
    .callout.warning { --hue: var(--warning); --fill: var(--warning-tint); }
    .callout.error { --hue: var(--error); --fill: var(--error-tint); }
    .callout > :last-child { margin-bottom: 0; }
    .callout .head { margin-bottom: .35rem; }
    .callout .label {
      color: var(--hue); font-size: .75rem; font-weight: 700; letter-spacing: .06em;
      text-transform: uppercase; margin-right: .35rem;
    }
    figure { margin: 1.6rem 0; }
    figure img { display: block; max-width: 100%; height: auto; }
    figcaption { color: var(--soft); font-size: .9rem; margin-top: .5rem; max-width: 46rem; }
    @media (min-width: 92rem) {
      .with-contents {
        max-width: 92rem; display: grid; grid-template-columns: minmax(0, 1fr) 13rem; gap: 0 3rem;
      }
      .with-contents header { grid-column: 1 / -1; }
      .with-contents nav {
        grid-column: 2; grid-row: 2; align-self: start; position: sticky; top: 2rem;
        max-height: calc(100vh - 4rem); overflow-y: auto;
        border-left: 1px solid var(--line); padding-left: 1.1rem;
      }
      .with-contents nav ol { columns: auto; }
      .with-contents main { grid-column: 1; grid-row: 2; }
    }
    @media (max-width: 40rem) {
      .page { padding: 1.5rem 1rem 3rem; }
      h1 { font-size: 1.65rem; }
      h2 { font-size: 1.3rem; }
      .in { flex-direction: column; gap: .1rem; }
      .in pre { max-width: 100%; }
    }
    @media print {
      :root {
        color-scheme: light;
        --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --tint: #f3f4f5; --link: #000;
        --key: #eef4fb;
        --note: #555; --info: #1f66b5; --warning: #9a5b00; --error: #b3261e;
        --note-tint: #f4f5f6; --info-tint: #eef5fc; --warning-tint: #fdf5e6;
        --error-tint: #fdf0ef;
      }
      .page { display: block; max-width: none; padding: 0; }
      nav { display: none; }
      body { font-size: 10pt; }
      .scroll, pre { overflow: visible; }
      pre { white-space: pre-wrap; }
      h1, h2, h3, caption { break-after: avoid; }
      tr, figure, .callout { break-inside: avoid; }
      thead { display: table-header-group; }
      .callout, tr.key { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }
    """

  /// For pages with pictures.
  static let pictures = ".picture { max-width: 100%; height: auto; }"

  /// What is added where a page has figures.
  static let figures = """
    .drawing { overflow-x: auto; max-width: 100%; }
    details { margin: .6rem 0 0; }
    summary { color: var(--link); cursor: pointer; font-size: .9rem; width: fit-content; }
    summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    details .table { margin-top: .8rem; }
    @media screen and (max-width: 40rem) {
      /* A drawing that was made for a page keeps its size, so that its letters can be read. */
      .drawing img { max-width: none; }
    }
    @media print {
      .drawing { overflow: visible; }
      figure { break-inside: auto; }
      figure picture { break-inside: avoid; }
    }
    """
}
