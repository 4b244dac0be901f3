import type { Locator } from "playwright-core";

/** What one sees of a radio button, tile, checkbox or toggle around its input: its mark, its name, its description. */
const seen = "xpath=ancestor::*[contains(@class, '_label-wrapper_')][1]";

/** Chooses as a person does: presses what is seen once it rests and nothing lies over it, and waits until it is chosen. */
export async function choose(control: Locator, isChosen = true): Promise<void> {
  const isAsWished = control.and(control.page().locator(isChosen ? ":checked" : ":not(:checked)"));
  await control.waitFor();
  if ((await isAsWished.count()) === 0) await control.locator(seen).click();
  await isAsWished.waitFor();
}
