/** What people call the class of rows without a fault, the surest name first. */
const normalNames = [
  ...["normal", "healthy", "no fault", "no_fault", "no-fault", "nofault", "no anomaly", "no_anomaly", "no-anomaly"],
  ...["正常", "正常状态", "健康", "无故障", "无异常", "ok", "none"],
];

/** Index of the class called normal, −1 where there is none. A number, 0 among them, is no such name. */
export function normalClass(classes: readonly string[]): number {
  const names = classes.map((name) => name.trim().toLowerCase());
  const called = normalNames.find((name) => names.includes(name));
  return called === undefined ? -1 : names.indexOf(called);
}
