import { type ResolvedOptions, resolveOptions, type SimulationOptions } from "./options.ts";
import { longHeader, longRows } from "./schemas/long.ts";
import { referenceHeader, referenceRows } from "./schemas/reference.ts";
import { wideHeader, wideRows } from "./schemas/wide.ts";

const chunkCharacters = 64 * 1024;

/**
 * KPIs of a simulated cluster as CSV text: a header and `rows` rows, LF at each end, in chunks of about 64 Ki
 * characters (ASCII). Memory does not grow with the rows.
 * @throws RangeError where an option is out of its range
 */
export async function* simulate(options: SimulationOptions): AsyncGenerator<string, void> {
  const resolved = resolveOptions(options);
  let chunk = header(resolved);
  for (const line of rowsOf(resolved)) {
    chunk += line;
    if (chunk.length >= chunkCharacters) {
      yield chunk;
      chunk = "";
    }
  }
  if (chunk.length > 0) yield chunk;
}

function header(options: ResolvedOptions): string {
  if (options.schema === "reference") return referenceHeader();
  return options.schema === "long" ? longHeader() : wideHeader(options.topology);
}

function rowsOf(options: ResolvedOptions): Generator<string> {
  if (options.schema === "reference") return referenceRows(options);
  return options.schema === "long" ? longRows(options) : wideRows(options);
}
