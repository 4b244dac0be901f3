import type { MemberTexts } from "../catalogue.ts";
import { adaptation } from "./adaptation.ts";
import { admin } from "./admin.ts";
import { charts } from "./charts.ts";
import { clusters } from "./clusters.ts";
import { data } from "./data.ts";
import { diagnosis } from "./diagnosis.ts";
import { home } from "./home.ts";
import { models } from "./models.ts";
import { recovery } from "./recovery.ts";
import { runs } from "./runs.ts";
import { settings } from "./settings.ts";
import { train } from "./train.ts";
import { upload } from "./upload.ts";

export const member: MemberTexts = {
  adaptation,
  home,
  clusters,
  data,
  upload,
  train,
  runs,
  models,
  charts,
  diagnosis,
  recovery,
  settings,
  admin,
};
