// What a person does in VS Code, and sees there.

/** Runs a command by its name in the palette. A question that comes up meanwhile may swallow the key: it is pressed again. */
export async function command(page, text) {
  const input = page.locator(".quick-input-widget:visible input").first();
  for (let tries = 1; ; tries += 1) {
    await page.keyboard.press("F1");
    try {
      await input.waitFor({ timeout: 5000 });
      break;
    } catch (error) {
      if (tries === 12) throw error;
    }
  }
  await page.keyboard.insertText(text);
  // Others have longer names that hold this one, and what was used lately is before what fits best.
  const named = page.getByText(text, { exact: true });
  await page.locator(".quick-input-widget .monaco-list-row", { has: named }).first().click();
}

/**
 * Asks what can be done at a word, and waits for an entry of the list. The list closes where something else takes
 * the keyboard, and does not open before the server has answered once: it is asked for again.
 */
export async function actionsAt(page, word, entry) {
  const row = page.locator(".action-widget .monaco-list-row.action", { hasText: entry }).first();
  for (let tries = 1; ; tries += 1) {
    await line(page, word).click({ position: { x: 20, y: 8 } });
    await page.keyboard.press("Control+.");
    try {
      await row.waitFor({ timeout: 10_000 });
      return row;
    } catch (error) {
      if (tries === 12) throw error;
      await page.keyboard.press("Escape");
    }
  }
}

export async function open(page, name) {
  await page.getByRole("treeitem", { name }).first().dblclick();
  await opened(page, name);
}

/** Once a file is in front. The page of its edition has its name too. */
export const opened = (page, name) => page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();

/** The colour of a word of the editor, and of what is next to it in no colour. */
export const colourOf = (page, text) =>
  page.evaluate((text) => {
    const spans = [...document.querySelectorAll(".view-lines .view-line span span")];
    // Blanks in a line of the editor are not all the same blank.
    const span = spans.find(({ textContent }) => textContent.replaceAll("\u00a0", " ").trim() === text);
    return span && getComputedStyle(span).color;
  }, text);

export const line = (page, text) => page.locator(".view-lines .view-line", { hasText: text }).first();
export const squiggles = (page) => page.locator(".monaco-editor .squiggly-warning, .monaco-editor .squiggly-error");
export const notification = (page, text) => page.locator(".notification-toast", { hasText: text }).first();

/** What a button of a notification says is pressed. */
export const press = (toast, name) => toast.getByRole("button", { name }).click();

export function equal(actual, expected, what) {
  if (actual !== expected) throw new Error(`${what}: ${actual} in place of ${expected}`);
}

export function holds(condition, what) {
  if (!condition) throw new Error(what);
}
