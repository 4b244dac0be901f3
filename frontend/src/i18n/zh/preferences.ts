import type { Catalogue } from "../catalogue.ts";

export const preferences: Catalogue["preferences"] = {
  scheme: "配色",
  system: "跟随系统",
  light: "浅色",
  dark: "深色",
  density: "密度",
  comfortable: "舒适",
  compact: "紧凑",
  all: "全部设置",
  chosen: "{{name}}（已选）",
};
