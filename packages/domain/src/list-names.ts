/** KPI names that a refusal lists; of the rest it says how many they are. */
const most = 20;

/** Parameters of the sentence about KPIs that are missing. */
export function listNames(names: readonly string[]): { readonly missing: string; readonly more?: number } {
  const missing = names.slice(0, most).join(", ");
  return names.length > most ? { missing, more: names.length - most } : { missing };
}
