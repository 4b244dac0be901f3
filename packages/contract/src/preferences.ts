import { z } from "zod";
import { Timestamp, UserId, WorkspaceId } from "./ids.ts";

const maxSlots = 24;
const Colour = z.string().regex(/^#[0-9a-f]{6}$/i);
/** Colour by its place in the palette. */
const Colours = z
  .record(z.string().regex(/^\d{1,2}$/), Colour)
  .refine((colours) => Object.keys(colours).length <= maxSlots);

/** A column of a table or what an axis shows: with the name of a KPI or a class, which a file may have given. */
const ViewName = z.string().min(1).max(520);
/** Columns of a table beyond it are not kept. */
export const mostKeptColumns = 100;

/** How a person wants the portal; what is absent is as usual. Names of palettes and panels are the portal's own. */
const fields = {
  language: z.enum(["en", "zh"]),
  scheme: z.enum(["system", "light", "dark"]),
  density: z.enum(["comfortable", "compact"]),
  palette: z.object({
    name: z.string().min(1).max(40),
    changes: z.object({ light: Colours, dark: Colours }),
  }),
  units: z.object({
    bytes: z.enum(["decimal", "binary"]).optional(),
    durations: z.enum(["clock", "seconds", "milliseconds"]).optional(),
    grouping: z.enum(["grouped", "plain"]).optional(),
    zone: z.enum(["local", "utc"]).optional(),
  }),
  resultLayout: z.array(z.object({ panel: z.string().min(1).max(40), isShown: z.boolean() })).max(20),
  resultView: z.object({
    chart: z.string().min(1).max(40).optional(),
    secondChart: z.string().min(1).max(40).optional(),
    scale: z.enum(["ranks", "values"]).optional(),
    axes: z.object({ x: ViewName.optional(), y: ViewName.optional() }).optional(),
    columns: z.array(ViewName).max(mostKeptColumns).optional(),
    pageSize: z.int().min(1).max(100).optional(),
  }),
} as const;

export const Preferences = z.object(fields).partial().meta({ id: "Preferences" });
export type Preferences = z.infer<typeof Preferences>;
/** How a person looks at results; what a result does not have is as usual there. */
export type ResultView = NonNullable<Preferences["resultView"]>;

/** What is left out stays; null takes a choice back. */
export const PreferencesChange = z.object({
  language: fields.language.nullable().optional(),
  scheme: fields.scheme.nullable().optional(),
  density: fields.density.nullable().optional(),
  palette: fields.palette.nullable().optional(),
  units: fields.units.nullable().optional(),
  resultLayout: fields.resultLayout.nullable().optional(),
  resultView: fields.resultView.nullable().optional(),
});
export type PreferencesChange = z.infer<typeof PreferencesChange>;

/** Of one user in one workspace. */
export const StoredPreferences = Preferences.extend({
  schema: z.literal("preferences.v1"),
  workspaceId: WorkspaceId,
  userId: UserId,
  updatedAt: Timestamp,
});
export type StoredPreferences = z.infer<typeof StoredPreferences>;

export const PreferencesView = Preferences.extend({
  /** Null: nothing was chosen yet. */
  updatedAt: Timestamp.nullable(),
}).meta({ id: "PreferencesView" });
export type PreferencesView = z.infer<typeof PreferencesView>;
