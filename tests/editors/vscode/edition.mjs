// A person reads beside the cable: the page follows, scrolls along and leads back, and nothing in a cable acts in it.

import fs from "node:fs";

import { command, equal, holds, line, open, opened } from "./hands.mjs";

const PARAGRAPHS = 40;

const head = (serial, subject, references) =>
  `R 291015Z JUN 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 9914\n\nUNCLAS ASTANA 00${serial}\n\nSIPDIS\n\n` +
  `E.O. 12958: N/A\nTAGS: PREL, EAIR, KZ\nSUBJECT: ${subject}\n${references}\n`;

const paragraph = (number) =>
  `${number}. (U) Lamp ${number} of the old airport stands beside the runway and is lit\n` +
  `at dusk by a keeper who comes on foot, whatever the weather. He\nsaid that it is the ${number}th in its row.\n\n`;

const LONG =
  head(1210, "THE LAMPS OF THE OLD AIRPORT", "\nREF: A. ASTANA 1209\n     B. ASTANA 1100\n") +
  Array.from({ length: PARAGRAPHS }, (_, index) => paragraph(index + 1)).join("") +
  "EXAMPLE\n";

const HOSTILE =
  head(1211, `</title><script>top.ran = "script"</script>`, "") +
  `1. (U) <img src="x" onerror="top.ran = 'image'"> [here](javascript:top.ran='link') \u001b[31m\u202e\u2066\n` +
  `<a href="javascript:top.ran='anchor'">this</a> <iframe srcdoc="<script>top.ran='frame'</script>"></iframe>\n` +
  `"><style>*{display:none}</style><svg/onload="top.ran='svg'"><meta http-equiv="refresh" content="0;url=http://example.com">\n\nEXAMPLE\n`;

export const EDITION = {
  workspace: (world) => {
    fs.writeFileSync(world.file("long.cable"), LONG);
    fs.writeFileSync(world.file("cited.cable"), `${head(1209, "A KEEPER OF LAMPS", "")}${paragraph(1)}EXAMPLE\n`);
    fs.writeFileSync(world.file("hostile.cable"), HOSTILE);
  },
};

export async function readBeside(world, { test, until }) {
  const { page } = world;
  page.on("dialog", (dialog) => {
    world.outside.add(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(world.url({ folder: world.workspace }));
  await open(page, "long.cable");
  /** The page, once it shows a heading. */
  const shows = (heading) =>
    until(async () => {
      for (const frame of page.frames()) {
        const text = await frame.evaluate(() => document.querySelector("main h1")?.textContent).catch(() => undefined);
        if (text === heading) return frame;
      }
      return undefined;
    });
  let frame;
  await test("a button in the title bar opens the edition beside the cable", async () => {
    await page.getByRole("button", { name: /^Open Reading Edition to the Side/ }).first().click();
    frame = await shows("THE LAMPS OF THE OLD AIRPORT");
    await page.locator(".tab", { hasText: "Edition of long.cable" }).waitFor();
  });
  await test("its text is joined and in words", async () => {
    const text = await frame.locator("main").innerText();
    holds(text.includes("Lamp 2 of the old airport stands beside the runway and is lit at dusk by a keeper"), text);
    holds(text.includes("American Embassy Astana"), text);
  });
  await test("it is in the colours of the theme", async () => same(await colours(page, frame)));
  await world.shot("dark");

  await test("it follows what is typed", async () => {
    const times = [];
    for (const word of ["once", "twice", "thrice"]) {
      await line(page, "Lamp 1 of the old").click();
      await page.keyboard.press("End");
      const seen = frame.evaluate(
        (word) =>
          new Promise((resolve) => {
            const look = () => document.querySelector("main").textContent.includes(word) && resolve(Date.now());
            new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
            look();
          }),
        ` ${word}`,
      );
      await page.keyboard.insertText(` ${word}`);
      const typed = Date.now();
      times.push((await seen) - typed);
    }
    console.log(`from the key to the page, with a pause of 200 ms: ${times.join(", ")} ms`);
  });

  await test("scrolling the cable scrolls the page", async () => {
    await line(page, "Lamp 1 of the old").hover();
    await turnWheel(page, 40);
    await until(async () => (await topOfCable(page)) > 40 && near(await topOfCable(page), await topOfPage(frame), 4));
  });
  await world.shot("scrolled");
  await test("scrolling the page scrolls the cable", async () => {
    const before = await topOfCable(page);
    // The wheel is turned over the page, which is a frame in a frame.
    const box = await (await frame.frameElement()).boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, 900);
    await until(async () => (await topOfCable(page)) > before + 8 && near(await topOfCable(page), await topOfPage(frame), 4));
    await page.mouse.wheel(0, -100_000);
    await until(async () => (await topOfCable(page)) === 1);
  });
  await test("it keeps its place while the cable changes", async () => {
    await line(page, "Lamp 1 of the old").hover();
    await turnWheel(page, 24);
    await until(async () => (await topOfCable(page)) > 24 && near(await topOfCable(page), await topOfPage(frame), 4));
    const before = await resting(page, frame);
    const row = page.locator(".view-lines .view-line", { hasText: "in its row" }).nth(2);
    await row.click();
    await page.keyboard.press("End");
    await page.keyboard.insertText(" It was counted.");
    await until(() => frame.evaluate(() => document.querySelector("main").textContent.includes("It was counted.")));
    const after = await resting(page, frame);
    holds(Math.abs(after - before) < 60, `${before} is ${after}`);
  });
  await test("a double click goes to the line of the cable", async () => {
    const row = LONG.split("\n").indexOf("said that it is the 30th in its row.") + 1;
    const text = frame.locator("#p30");
    await text.scrollIntoViewIfNeeded();
    // On the last word, which is on another line of the cable than the first.
    const place = await text.evaluate((one) => {
      const words = one.firstChild.splitText ? one : one.parentElement;
      const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
      let last;
      while (walker.nextNode()) last = walker.currentNode;
      const range = document.createRange();
      range.setStart(last, last.data.lastIndexOf("row"));
      range.setEnd(last, last.data.lastIndexOf("row") + 3);
      const box = range.getBoundingClientRect();
      const own = one.getBoundingClientRect();
      return { x: box.x - own.x + box.width / 2, y: box.y - own.y + box.height / 2 };
    });
    await text.dblclick({ position: place });
    await page.locator(".statusbar-item", { hasText: `Ln ${row}, Col 1` }).waitFor();
  });
  await test("a reference opens its cable, and the page follows", async () => {
    await frame.evaluate(() => scrollTo(0, 0));
    // The archive is indexed when it is first asked about: the next page has what it knows.
    const links = frame.locator(".refs a");
    for (let tries = 1; (await links.count()) === 0; tries += 1) {
      holds(tries < 30, "no reference is a link");
      await line(page, "30th in its row").click().catch(() => undefined);
      await page.keyboard.press("End");
      await page.keyboard.insertText(".");
      await page.waitForTimeout(1500);
    }
    equal(await links.count(), 1, "references that the archive has");
    await links.first().click();
    await opened(page, "cited.cable");
    frame = await shows("A KEEPER OF LAMPS");
  });
  await test("over a reference is what the archive has of it, and its cables are found by their subjects", async () => {
    await open(page, "long.cable");
    await line(page, "ASTANA 1209").getByText("1209").first().hover();
    const card = page.locator(".monaco-hover:visible", { hasText: "A KEEPER OF LAMPS" }).first();
    await card.waitFor();
    holds(/cited by 1/.test(await card.innerText()), await card.innerText());
    await world.shot("reference");
    await page.keyboard.press("Control+T");
    await page.locator(".quick-input-widget:visible").waitFor();
    await page.keyboard.type("KEEPER", { delay: 20 });
    await page.locator(".quick-input-widget .monaco-list-row", { hasText: "A KEEPER OF LAMPS" }).first().waitFor();
    await world.shot("symbols");
    await page.keyboard.press("Escape");
  });

  // What is opened after a click into the page must not cover it.
  await frame.locator("h1").click();
  await open(page, "hostile.cable");
  await test("a hostile cable is words, and runs nothing", async () => {
    frame = await shows(`</title><script>top.ran = "script"</script>`);
    const seen = await frame.evaluate(() => ({
      text: document.querySelector("main").textContent,
      tags: [...document.querySelectorAll("main *")].map(({ tagName }) => tagName.toLowerCase()),
      scripts: document.scripts.length,
      hidden: getComputedStyle(document.querySelector("main")).display,
    }));
    for (const words of ["<img src=", "](javascript:", "[U+001B]", "[U+202E]", "[U+2066]", "<svg/onload"]) {
      holds(seen.text.includes(words), `${words}: ${seen.text}`);
    }
    for (const tag of ["img", "script", "iframe", "style", "svg", "meta"]) holds(!seen.tags.includes(tag), tag);
    equal(seen.hidden, "block", "display");
    for (const one of page.frames()) equal(await one.evaluate(() => window.ran).catch(() => undefined), undefined, "what ran");
  });
  await test("not even what is put into the page as a script", async () => {
    const policy = await frame.evaluate(async () => {
      const refused = new Promise((resolve) => addEventListener("securitypolicyviolation", ({ violatedDirective }) => resolve(violatedDirective)));
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
      return [await refused, window.ran];
    });
    equal(JSON.stringify(policy), '["script-src-elem",null]', "the policy");
  });
  await world.shot("hostile");

  await open(page, "long.cable");
  frame = await shows("THE LAMPS OF THE OLD AIRPORT");
  await test("it takes the colours of another theme", async () => {
    const [before] = await colours(page, frame);
    await command(page, "Preferences: Toggle between Light/Dark Themes");
    await until(async () => {
      const now = await colours(page, frame);
      return now[0] !== before && (same(now), true);
    });
  });
  await world.shot("light");
}

/** Whatever a turn of the wheel says, the editor takes it for one notch. */
async function turnWheel(page, notches) {
  for (let notch = 0; notch < notches; notch += 1) await page.mouse.wheel(0, 120);
}

/** The background of the editor, and of the page. */
async function colours(page, frame) {
  const own = await page.evaluate(() => getComputedStyle(document.querySelector(".monaco-editor-background")).backgroundColor);
  return [own, await frame.evaluate(() => getComputedStyle(document.body).backgroundColor)];
}

const same = ([editor, page]) => equal(page, editor, "the background");

const near = (one, other, room) => one !== undefined && other !== undefined && Math.abs(one - other) <= room;

/** The first line of the cable in sight. */
const topOfCable = (page) =>
  page.evaluate(() => {
    const editor = document.querySelector(".editor-group-container .monaco-editor");
    const { top } = editor.getBoundingClientRect();
    const rows = [...editor.querySelectorAll(".margin-view-overlays .line-numbers")]
      .map((row) => ({ number: Number(row.textContent), bottom: row.getBoundingClientRect().bottom }))
      .filter(({ number, bottom }) => number > 0 && bottom > top + 4);
    rows.sort((one, other) => one.bottom - other.bottom);
    return rows[0]?.number;
  });

/** The line of the cable that the first block of the page in sight begins with. */
const topOfPage = (frame) =>
  frame.evaluate(() => {
    const blocks = [...document.querySelectorAll("main h1[data-line], .text [data-line]")];
    const first = blocks.find((block) => block.getBoundingClientRect().bottom > 0);
    return first && Number(first.dataset.line);
  });

/** Where the page is scrolled to when it no longer moves. */
async function resting(page, frame) {
  for (let last; ; ) {
    const now = await frame.evaluate(() => scrollY);
    if (now === last) return now;
    last = now;
    await page.waitForTimeout(300);
  }
}
