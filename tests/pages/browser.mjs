// Pages in Chromium: their text, how they look to who cannot see them, what hostile ones do, links, search.
//
//   node browser.mjs text FOLDER ROWS            the text of every page is that of its blocks
//   node browser.mjs axe FOLDER COUNT SEED [NAME...]   axe on those and so many others, at three widths, light and dark
//   node browser.mjs hostile FOLDER              no page runs a script, asks or requests anything
//   node browser.mjs links FOLDER                from the index to a cable, to those it cites, and back
//   node browser.mjs search FOLDER               pagefind's index, made before, over loopback
//   node browser.mjs pictures FOLDER PAGE TO     light, dark, phone and print, for a person

import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { check, fail, ok, require, rows, shown } from "./common.mjs";

const { chromium } = require("playwright-core");
const [what, given, ...more] = process.argv.slice(2);
const folder = resolve(given);
const names = readdirSync(folder).filter((name) => name.endsWith(".html") && name !== "index.html");
const address = (name) => pathToFileURL(join(folder, name)).href;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "chromium", args: ["--no-sandbox"] });

// Chance that a seed repeats.
function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function text(file) {
  const page = await browser.newPage();
  const faults = [];
  let blocks = 0;
  const all = rows(file);
  for (let from = 0; from < all.length; from += 50) {
    const some = all.slice(from, from + 50);
    const pages = some.map((row) => readFileSync(join(folder, `${row.name}.html`), "utf8"));
    const found = await page.evaluate((pages) => {
      const parser = new DOMParser();
      return pages.map((page) => {
        const parsed = parser.parseFromString(page, "text/html");
        return [...parsed.querySelectorAll(".text [id]:not(.fix)")].map((element) => {
          // The signs of notes stand beside the text.
          for (const beside of element.querySelectorAll("sup")) beside.remove();
          return [element.id, element.textContent];
        });
      });
    }, pages);
    for (const [index, row] of some.entries()) {
      const wanted = row.blocks.map((block) => [block.id, shown(block.text)]);
      blocks += wanted.length;
      const at = wanted.findIndex(([id, text], at) => found[index][at]?.[0] !== id || found[index][at][1] !== text);
      if (at >= 0) faults.push(`${row.name}.html: ${JSON.stringify([found[index][at], wanted[at]]).slice(0, 400)}`);
      if (found[index].length !== wanted.length) faults.push(`${row.name}.html: ${found[index].length} blocks, not ${wanted.length}`);
    }
  }
  if (blocks === 0) faults.push("there is no block");
  check(`HTML: text of ${blocks} blocks`, faults);
}

async function axe(count, seed, ...chosen) {
  const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  const random = chance(Number(seed));
  // Nobody waits for axe on a page of 10 MB.
  const small = names.filter((name) => statSync(join(folder, name)).size <= 200_000);
  const some = chosen.map((name) => `${name}.html`);
  for (let left = Math.min(count, small.length); left > 0; left -= 1) some.push(...small.splice(Math.floor(random() * small.length), 1));
  if (existsSync(join(folder, "index.html")) && statSync(join(folder, "index.html")).size <= 200_000) some.push("index.html");
  const faults = [];
  const unsure = new Set();
  let looks = 0;
  const page = await browser.newPage();
  for (const name of some) {
    await page.goto(address(name));
    for (const width of [1180, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        const where = `${name} at ${width} px, ${colorScheme}`;
        if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
        const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations", "incomplete"] }));
        for (const { id, nodes } of found.violations) faults.push(`${where}: ${id}: ${nodes[0].html.slice(0, 200)}`);
        for (const { id, nodes } of found.incomplete) unsure.add(`${id} (${nodes[0].html.slice(0, 100)})`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) faults.push(`${where}: ${over} px wider than the window`);
        looks += 1;
      }
    }
  }
  if (looks === 0) faults.push("there is no page");
  check(`axe: ${some.length} pages, ${looks} looks, no overflow`, faults);
  for (const one of [...unsure].slice(0, 5)) console.log(`      axe cannot tell: ${one}`);
}

async function hostile() {
  const faults = [];
  const page = await browser.newPage({ viewport: { width: 1180, height: 900 } });
  let requests = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("dialog", (dialog) => {
    faults.push(`${page.url()}: a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("popup", () => faults.push(`${page.url()}: a window opened`));
  page.on("console", (message) => faults.push(`${page.url()}: the console says: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error}`));
  for (const name of [...names, "index.html"]) {
    requests = [];
    await page.goto(address(name), { timeout: 120_000 });
    // Handlers of every kind get their chance.
    await page.mouse.move(200, 200);
    await page.mouse.move(600, 400);
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => ({
      harmed: "harmed" in window,
      policy: document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content,
      // What only a text's own marks could have made.
      strange: [...document.querySelectorAll("script, img, svg, iframe, object, embed, base, link, form, input, textarea, [onerror], [onload], [onfocus], [onmouseover], style ~ style")].map((element) => element.outerHTML.slice(0, 100)),
      // Out of the folder, or into another scheme.
      links: [...document.querySelectorAll("[href], [src]")].map((element) => element.getAttribute("href") ?? element.getAttribute("src")).filter((link) => !/^(#|[\p{L}\p{N}_-]+\.html$)/u.test(link)),
      styled: getComputedStyle(document.querySelector("main")).maxWidth,
    }));
    if (seen.harmed) faults.push(`${name}: a script ran`);
    if (!/^default-src 'none'; style-src 'sha256-/.test(seen.policy ?? "")) faults.push(`${name}: policy ${seen.policy}`);
    if (seen.styled === "none") faults.push(`${name}: its own sheet is refused`);
    for (const one of seen.strange) faults.push(`${name}: ${one}`);
    for (const one of seen.links) faults.push(`${name}: links to ${one}`);
    const other = requests.filter((url) => url !== address(name));
    if (requests.length !== 1 || other.length > 0) faults.push(`${name}: requests ${other}`);
  }
  // The checks above can see: the same script in a page of no policy is found.
  await page.goto("about:blank");
  await page.setContent("<script>window.harmed=1</script>");
  if (!(await page.evaluate(() => "harmed" in window))) faults.push("a script that runs is not seen");
  check(`hostile: ${names.length + 1} pages run nothing, ask nothing, request nothing`, faults);
}

async function links() {
  const faults = [];
  const page = await browser.newPage();
  const at = (name) => {
    if (page.url().split("#")[0] !== address(name)) faults.push(`at ${page.url()}, not ${name}`);
  };
  const follow = async (link) => {
    await page.getByRole("link", { name: link, exact: true }).click({ timeout: 5000 });
    await page.waitForLoadState();
  };
  try {
    await page.goto(address("index.html"));
    // Every page is in the index, and every link of it leads to one.
    const listed = await page.evaluate(() => [...document.links].map((link) => link.href));
    for (const link of listed) if (!existsSync(new URL(link))) faults.push(`the index leads to ${link}`);
    for (const name of names) if (!listed.some((link) => decodeURI(link) === decodeURI(address(name)))) faults.push(`${name} is not in the index`);
    await follow("07LIMA20");
    at("07LIMA20.html");
    if ((await page.getByRole("link", { name: /9999/ }).count()) > 0) faults.push("a cable that is not here is linked");
    await follow("A) 07 LIMA 21");
    at("07LIMA21.html");
    await follow("07 LIMA 22");
    at("07LIMA22.html");
    await page.goBack();
    at("07LIMA21.html");
    await page.goBack();
    await page.goBack();
    at("index.html");
    // An anchor leads to its paragraph, and a note to its place and back.
    await page.goto(address("07LIMA15.html"));
    await page.locator(".text a:not(.fix)").nth(200).click();
    at("07LIMA15.html");
    if (!page.url().endsWith("#p201")) faults.push(`the anchor leads to ${page.url()}`);
    const top = await page.locator("#p201").evaluate((element) => element.getBoundingClientRect().top);
    if (top < 0 || top > 400) faults.push(`paragraph 201 is ${top} px below the top`);
  } catch (error) {
    faults.push(String(error).split("\n")[0]);
  }
  check(`links: ${names.length} pages in the index, those between cables, back, anchors`, faults);
}

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm" };

async function search() {
  const faults = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (path === "/") return response.setHeader("content-type", "text/html").end("<!DOCTYPE html><title>search</title>");
    const file = join(folder, path);
    if (!file.startsWith(folder) || !existsSync(file)) return response.writeHead(404).end();
    response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const find = (word, options = {}) =>
    page.evaluate(
      async ([word, options]) => {
        const pagefind = await import("/pagefind/pagefind.js");
        const { results } = await pagefind.search(word, options);
        return Promise.all(results.map(async (result) => (await result.data()).url));
      },
      [word, options],
    );
  const expect = async (what, word, urls, options) => {
    const found = await find(word, options);
    if (JSON.stringify(found.sort()) !== JSON.stringify(urls)) faults.push(`${what} (${word}): ${found.slice(0, 5)}`);
  };
  await expect("a word of one text", "marzipan", ["/07LIMA20.html"]);
  await expect("what stands below the text", "quillwort", []);
  await expect("nothing of the index itself", "\"by post and date\"", []);
  const filters = await page.evaluate(async () => (await import("/pagefind/pagefind.js")).filters());
  if (!filters.tag?.PREL || !filters.from?.["American Embassy Lima"]) faults.push(`filters: ${JSON.stringify(filters).slice(0, 200)}`);
  await expect("by TAG", "marzipan", ["/07LIMA20.html"], { filters: { tag: "PREL" } });
  await expect("by another TAG", "marzipan", [], { filters: { tag: "KZ" } });
  server.close();
  server.closeAllConnections();
  check("search: pagefind finds the text and nothing beside it", faults);
}

async function pictures(name, to) {
  const page = await browser.newPage({ viewport: { width: 1180, height: 1100 } });
  await page.goto(address(name));
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${to}-${colorScheme}.png` });
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: `${to}-phone.png` });
  await page.emulateMedia({ media: "print" });
  await page.pdf({ path: `${to}-print.pdf`, format: "A4", preferCSSPageSize: true });
  ok(`pictures of ${name}`);
}

try {
  await { text, axe, hostile, links, search, pictures }[what](...more);
} catch (error) {
  fail(`${what}: ${error.stack ?? error}`);
}
await browser.close();
// A server that a failure left open would keep the program.
process.exit();
