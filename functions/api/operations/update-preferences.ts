import { preferencesView } from "../preferences-view.ts";
import type { Handler } from "../services.ts";

export const updatePreferences: Handler<"updatePreferences"> = async ({ body }, caller, { preferences, clock }) =>
  preferencesView(await preferences.change(caller, body, clock().toISOString()));
