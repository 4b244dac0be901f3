import type { Catalogue } from "../catalogue.ts";

export const charts: Catalogue["charts"] = {
  kind: "图表类型",
  tools: "图表“{{title}}”的工具",
  zoom: "缩放",
  zoomIn: "放大",
  zoomOut: "缩小",
  reset: "显示全部",
  brush: "拖选区域放大",
  large: "放大查看",
  small: "返回页面",
  save: "保存",
  savePng: "图片（PNG）",
  saveSvg: "矢量图（SVG）",
  saveCsv: "数据（CSV）",
  hint: "滚轮、双指捏合或按 +、− 键缩放；拖动或方向键移动；按住 Shift 拖动可放大选中区域；按 0 显示全部。",
  zoomed: "已放大",
  magnified: "放大 {{factor}} 倍",
  range: "{{axis}}：{{from}} 至 {{to}}",
  items: "显示 {{shown}} / {{all}} 项",
  moreNames: "另有 {{number}} 个",
};
