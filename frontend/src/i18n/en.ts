import { auth } from "./en/auth.ts";
import { charts } from "./en/charts.ts";
import { common } from "./en/common.ts";
import { data } from "./en/data.ts";
import { diagnosis } from "./en/diagnosis.ts";
import { home } from "./en/home.ts";
import { models } from "./en/models.ts";
import { nav } from "./en/nav.ts";
import { preferences } from "./en/preferences.ts";
import { runs } from "./en/runs.ts";
import { train } from "./en/train.ts";
import { upload } from "./en/upload.ts";

export const en = {
  product: "SystemHealer",
  nav,
  preferences,
  common,
  auth,
  home,
  data,
  upload,
  train,
  runs,
  models,
  charts,
  diagnosis,
} as const;
