import { preferencesView } from "../preferences-view.ts";
import type { Handler } from "../services.ts";

export const getPreferences: Handler<"getPreferences"> = async (_input, caller, { preferences }) =>
  preferencesView(await preferences.find(caller));
