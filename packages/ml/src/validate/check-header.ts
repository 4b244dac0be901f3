import { isGap } from "../table/cell.ts";
import { assignColumnRoles, type ColumnRoles, labelCandidates, noLabelColumn } from "../table/column-roles.ts";
import { parseNumber } from "../table/parse-number.ts";
import { type Finding, shorten } from "../table/table-error.ts";
import { type PlacedFinding, unusableNames } from "../table/unusable-names.ts";
import { editDistance } from "./edit-distance.ts";
import { findNumberedColumns } from "./numbered-columns.ts";

export interface HeaderRules {
  readonly purpose: "training" | "diagnosis";
  readonly labelColumn?: string;
  /** Header of the table that this one has to be like: its features must be these, in any order. */
  readonly expectedColumns?: readonly string[];
}

/** How far from its place a renamed column is looked for. */
const renameReach = 8;

/**
 * Whether a first line is a row of data: most of its cells are numbers or gaps, and the numbers do not count upwards as
 * the column names of a table without names do.
 */
export function looksLikeData(columns: readonly string[]): boolean {
  const numbers = columns.map((cell) => parseNumber(cell)).filter((value) => value !== undefined);
  const gaps = columns.filter((cell) => isGap(cell)).length;
  if (numbers.length === 0 || numbers.length + gaps <= columns.length / 2) return false;
  return !(numbers.length > 1 && numbers.every((value, i) => i === 0 || value === numbers[i - 1] + 1));
}

/**
 * Roles of the columns of a table that may have to be like another one. Where several could be the label, which
 * `checkHeader` finds, the cells of the others are not looked at.
 */
export function rolesUnder(columns: readonly string[], rules: HeaderRules): ColumnRoles {
  const roles = assignColumnRoles(columns, { ...rules, ...knownFeatures(rules) });
  const labels = severalLabels(columns, rules);
  const features = roles.features.filter((column) => !labels.includes(columns[column]));
  return { ...roles, features };
}

function knownFeatures(rules: HeaderRules): { knownFeatures?: ReadonlySet<string> } {
  return rules.expectedColumns ? { knownFeatures: new Set(featuresOf(rules.expectedColumns, rules)) } : {};
}

/**
 * What is wrong with a header, in the order of its columns.
 *
 * Missing and renamed columns are found by comparison with `expectedColumns`. Without them, and for training only (a
 * diagnosis takes a column that is not there for a gap), by the numbers that a sequence such as feature0 … feature106
 * leaves out.
 */
export function checkHeader(columns: readonly string[], roles: ColumnRoles, rules: HeaderRules): Finding[] {
  const placed = [...unusableNames(columns)];
  if (rules.expectedColumns) placed.push(...compare(columns, roles, featuresOf(rules.expectedColumns, rules)));
  else if (rules.purpose === "training") placed.push(...findSequenceGaps(columns, roles));
  placed.sort((a, b) => a.place - b.place);
  const findings = placed.map(({ finding }) => finding);
  if (rules.purpose === "training" && roles.label < 0) findings.push(noLabelColumn(rules.labelColumn));
  const labels = severalLabels(columns, rules);
  if (labels.length > 0) {
    const found = shorten(labels.join(", "));
    findings.push({ code: "several-label-columns", row: 0, column: labels[0], found, expected: "1" });
  }
  if (roles.features.length === 0) findings.push({ code: "no-feature-columns", row: 0 });
  return findings;
}

/**
 * Names of the columns that could be the label where there are several; the same name twice is a finding of its own. A
 * diagnosis leaves a column alone that its model does not know; a training would learn from it.
 */
function severalLabels(columns: readonly string[], rules: HeaderRules): string[] {
  if (rules.purpose !== "training" || rules.labelColumn !== undefined) return [];
  const names = labelCandidates(columns, knownFeatures(rules));
  return new Set(names).size < 2 ? [] : names;
}

function featuresOf(columns: readonly string[], rules: HeaderRules): string[] {
  const labelled = rules.labelColumn !== undefined && columns.includes(rules.labelColumn);
  const roles = assignColumnRoles(columns, labelled ? { labelColumn: rules.labelColumn } : {});
  return roles.features.map((column) => columns[column]);
}

function* compare(
  columns: readonly string[],
  roles: ColumnRoles,
  expected: readonly string[],
): Generator<PlacedFinding> {
  const actual = roles.features.map((column) => columns[column]).filter((name) => name !== "");
  const known = new Set(expected);
  const present = new Set(actual);
  // By place among the features; a name that turns out to be a renamed column is taken out.
  const unknown = actual.map((name) => (known.has(name) ? undefined : name));
  for (const [place, name] of expected.entries()) {
    if (present.has(name)) continue;
    const near = nearest(name, place, unknown);
    if (near === undefined) {
      yield { place: roles.features[place] ?? columns.length, finding: missing(name) };
      continue;
    }
    const other = unknown[near]!;
    unknown[near] = undefined;
    yield { place: columns.indexOf(other), finding: renamed(other, name) };
  }
  for (const name of new Set(unknown)) {
    if (name === undefined) continue;
    yield {
      place: columns.indexOf(name),
      finding: { code: "extra-column", row: 0, column: name, found: shorten(name) },
    };
  }
}

/** @returns the place of the unknown column that is most like the name, if any is */
function nearest(name: string, place: number, unknown: readonly (string | undefined)[]): number | undefined {
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  const end = Math.min(unknown.length, place + renameReach + 1);
  for (let other = Math.max(0, place - renameReach); other < end; other++) {
    const candidate = unknown[other];
    const distance = candidate === undefined ? Number.POSITIVE_INFINITY : nameDistance(name, candidate);
    if (distance < least) {
      least = distance;
      best = other;
    }
  }
  return best;
}

/** Edit distance of names that may be two spellings of one, else Infinity. */
function nameDistance(a: string, b: string): number {
  const [x, y] = [a, b].map((name) => name.toLowerCase().replace(/[\s_.-]/g, ""));
  return editDistance(x, y, Math.max(1, Math.floor(Math.min(x.length, y.length) / 3)));
}

function* findSequenceGaps(columns: readonly string[], roles: ColumnRoles): Generator<PlacedFinding> {
  const features = new Set(roles.features);
  const sequences = findNumberedColumns(columns);
  const inSequence = new Set(sequences.flatMap(({ positions }) => [...positions.values()]));
  for (const { positions, first, last, name } of sequences) {
    let before = positions.get(first)!;
    for (let number = first + 1; number <= last; number++) {
      const position = positions.get(number);
      if (position !== undefined) {
        before = position;
        continue;
      }
      const place = before + 1;
      const candidate = columns[place];
      const unknown = features.has(place) && !inSequence.has(place) && candidate !== "";
      if (unknown && nameDistance(candidate, name(number)) < Number.POSITIVE_INFINITY) {
        before = place;
        yield { place, finding: renamed(candidate, name(number)) };
      } else yield { place, finding: missing(name(number)) };
    }
  }
}

function missing(expected: string): Finding {
  return { code: "missing-column", row: 0, expected };
}

function renamed(found: string, expected: string): Finding {
  return { code: "renamed-column", row: 0, column: found, found: shorten(found), expected };
}
