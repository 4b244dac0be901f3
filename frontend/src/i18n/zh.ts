import type { Catalogue } from "./catalogue.ts";
import { auth } from "./zh/auth.ts";
import { charts } from "./zh/charts.ts";
import { common } from "./zh/common.ts";
import { data } from "./zh/data.ts";
import { diagnosis } from "./zh/diagnosis.ts";
import { home } from "./zh/home.ts";
import { models } from "./zh/models.ts";
import { nav } from "./zh/nav.ts";
import { preferences } from "./zh/preferences.ts";
import { runs } from "./zh/runs.ts";
import { train } from "./zh/train.ts";
import { upload } from "./zh/upload.ts";

export const zh: Catalogue = {
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
};
