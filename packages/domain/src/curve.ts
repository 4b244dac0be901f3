import { type EpochPoint, maxCurvePoints } from "@systemhealer/contract/run";

/**
 * At most `maxPoints` points of a curve, evenly spread over the epochs; the first and the last are always kept.
 * Points that are no finite numbers are left out: a record cannot hold them.
 */
export function thinCurve(curve: readonly EpochPoint[], maxPoints: number = maxCurvePoints): EpochPoint[] {
  const finite = curve.filter((point) =>
    [point.trainLoss, point.validationLoss, point.validationMacroF1].every(Number.isFinite),
  );
  if (finite.length <= maxPoints) return finite;
  const step = (finite.length - 1) / (maxPoints - 1);
  return Array.from({ length: maxPoints }, (_, index) => finite[Math.round(index * step)]!);
}
