// Runs in the page of the reading edition: shows what the extension sends, keeps its place, and says where the person
// scrolls and points. What a cable says comes in as elements without scripts, and the policy of the page allows none but
// this one.

(() => {
  const vscode = acquireVsCodeApi();
  const sheet = document.querySelector("#sheet");
  /** The elements that come from lines of the cable, from top to bottom: { element, lines: [[at, line], …] }. */
  let parts = [];
  /** Whose page it is. */
  let shown;
  /** Where the page was scrolled to from here: a person did not do that. */
  let settled = 0;

  addEventListener("message", ({ data }) => {
    if (data.kind === "page") show(data);
    if (data.kind === "line") scrollToLine(data.line);
  });

  function show({ uri, content, lines, line }) {
    const page = new DOMParser().parseFromString(content, "text/html");
    const main = page.querySelector("main");
    if (main === null) return;
    const place = uri === shown ? placeAtTop() : undefined;
    const open = [...document.querySelectorAll("details")].map((one) => one.open);
    sheet.textContent = page.querySelector("style")?.textContent ?? "";
    document.querySelector("main").replaceWith(document.adoptNode(main));
    document.querySelectorAll("details").forEach((one, index) => (one.open = place !== undefined && open[index] === true));
    parts = lines.flatMap(({ id, lines }) => {
      const element = document.getElementById(id);
      if (element === null) return [];
      // For whoever looks into the page with tools, as the tests do.
      element.dataset.line = lines[0][1];
      return [{ element, lines }];
    });
    kept = undefined;
    shown = uri;
    if (place === undefined) scrollToLine(line);
    else scrollToPlace(place);
  }

  /** The first element in sight, and how far below the top it begins. */
  function placeAtTop() {
    const first = parts.find(({ element }) => element.getBoundingClientRect().bottom > 0);
    return { id: first?.element.id, top: first?.element.getBoundingClientRect().top, y: scrollY };
  }

  function scrollToPlace({ id, top, y }) {
    const element = id === undefined ? null : document.getElementById(id);
    scrollToY(element === null ? y : scrollY + element.getBoundingClientRect().top - top);
  }

  function scrollToY(y) {
    scrollTo({ top: y, behavior: "instant" });
    settled = scrollY;
  }

  /** What `anchors` found, as long as nothing in the page has another size. */
  let kept;
  new ResizeObserver(() => (kept = undefined)).observe(document.body);

  /** Pairs of a line of the cable and how far down the page it is, from top to bottom: an element begins and ends there. */
  function anchors() {
    kept ??= measured();
    return kept;
  }

  function measured() {
    const pairs = [];
    for (const { element, lines } of parts) {
      const { top, bottom } = element.getBoundingClientRect();
      const first = lines[0][1];
      const last = lines[lines.length - 1][1] + 1;
      pairs.push([first, top + scrollY]);
      // The head is one block: it ends where the text begins.
      if (element.tagName !== "HEADER") pairs.push([last, bottom + scrollY]);
    }
    if (pairs.length > 0) pairs[0][1] = 0;
    return pairs;
  }

  /** The value beside `wanted`, between the pairs that it is between: `from` and `to` say which side of a pair is which. */
  function between(pairs, from, to, wanted) {
    let before;
    for (const pair of pairs) {
      if (pair[from] > wanted) {
        if (before === undefined) return pair[to];
        const part = (wanted - before[from]) / (pair[from] - before[from]);
        return before[to] + part * (pair[to] - before[to]);
      }
      before = pair;
    }
    return before?.[to];
  }

  function scrollToLine(line) {
    const y = line <= 1 ? 0 : between(anchors(), 0, 1, line);
    if (y !== undefined) scrollToY(y);
  }

  let waits = false;
  addEventListener("scroll", () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      if (Math.abs(scrollY - settled) < 2) return;
      settled = scrollY;
      const line = between(anchors(), 1, 0, scrollY);
      if (line !== undefined) vscode.postMessage({ kind: "scrolled", line });
    });
  });

  document.addEventListener("dblclick", ({ target }) => {
    const line = lineAt(target);
    if (line !== undefined) vscode.postMessage({ kind: "line", line });
  });

  /** The line of the cable that the selected word is in. */
  function lineAt(target) {
    // The number of a paragraph stands before it.
    const pointed = target.closest(".text a:not(.fix)")?.nextElementSibling ?? target;
    const part = parts.find(({ element }) => element.contains(pointed));
    if (part === undefined) return undefined;
    const named = Number(target.closest("h1[data-line]")?.dataset.line);
    if (named > 0) return named;
    const { anchorNode, anchorOffset } = getSelection();
    const at = offsetIn(part.element, anchorNode, anchorOffset);
    return part.lines.findLast(([start]) => start <= at)?.[1];
  }

  /** How much of an element's text is before a place in it, without the letters of notes. */
  function offsetIn(element, node, offset) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (text) =>
      text.parentElement.closest("sup") === null ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT,
    );
    let passed = 0;
    for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
      if (text === node) return passed + offset;
      passed += text.data.length;
    }
    return 0;
  }

  // A link to another cable. Those inside the page are the editor's.
  document.addEventListener(
    "click",
    (event) => {
      const href = event.target.closest?.("a[href]")?.getAttribute("href");
      if (href === undefined || href === null || href.startsWith("#")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      vscode.postMessage({ kind: "open", target: href });
    },
    true,
  );

  vscode.postMessage({ kind: "ready" });
})();
