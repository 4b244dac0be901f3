import type { Catalogue } from "../catalogue.ts";

export const nav: Catalogue["nav"] = {
  home: "首页",
  data: "数据",
  upload: "上传文件",
  train: "训练",
  diagnose: "诊断",
  runs: "任务",
  models: "模型",
  main: "主导航",
  openMain: "打开主导航",
  closeMain: "关闭主导航",
  skip: "跳到正文",
  preferences: "显示",
  account: "账号",
  language: "语言",
  breadcrumbs: "当前位置",
  close: "关闭",
  more: "更多",
  menu: "菜单",
};
