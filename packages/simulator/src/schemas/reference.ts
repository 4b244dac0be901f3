import { equalFaultShares, normalizeShares, ShareKeeper } from "../class-shares.ts";
import { createEnvironment } from "../environment.ts";
import { type FaultName, faultNames } from "../faults.ts";
import { kpis } from "../kpis.ts";
import type { ResolvedOptions } from "../options.ts";
import { Random } from "../random.ts";
import { Scene } from "../scene.ts";
import { createTopology, referenceTopology } from "../topology.ts";
import { truthOf } from "../truth.ts";
import { Gaps, numberCell } from "./cells.ts";
import { referenceFeatureCount, referenceFeatures } from "./reference-map.ts";

const warmUpSteps = 10;
const stepsBetweenSamples = 2;
const samplesPerEpisode = 6;
/** Episodes of a class that run side by side, so that neighbouring rows are of different faults. */
const episodesPerClass = 4;

interface Episode {
  readonly number: number;
  readonly scene: Scene;
  taken: number;
  now: Float64Array;
  before: Float64Array;
}

/** Rows `sample_id, feature0 … feature106, label`; the label is the index of the fault's name. No header. */
export function* referenceRows(options: ResolvedOptions): Generator<string> {
  const topology = createTopology(referenceTopology);
  const environment = createEnvironment(topology, options.shift);
  const choice = new Random(options.seed, 1_000_000_001);
  const shares = normalizeShares(options.classShares, equalFaultShares);
  const keeper = new ShareKeeper(shares, choice);
  const eligible = referenceFeatures.filter((feature) => feature.kind !== "constant" && feature.gaps).length;
  const gaps = new Gaps(
    new Random(options.seed, 1_000_000_002),
    options.missingShare,
    eligible / referenceFeatureCount,
  );
  const columns = compileColumns(
    topology.nodes.map((node) => node.name),
    environment.reportScale,
  );
  const running = new Map<FaultName, Episode[]>();
  let started = 0;

  for (let row = 0; row < options.rows; row++) {
    const name = keeper.next() as FaultName;
    keeper.count(name, 1);
    const episodes = running.get(name) ?? [];
    running.set(name, episodes);
    const slot = choice.below(episodesPerClass);
    let episode = episodes[slot];
    if (!episode || episode.taken >= samplesPerEpisode) {
      episode = start(name);
      episodes[slot] = episode;
    }
    sample(episode);
    let line = String(row);
    for (const column of columns) {
      if (column.gaps && gaps.next()) {
        line += ",";
        continue;
      }
      let value = 0;
      if (column.from >= 0) {
        value = episode.now[column.from]!;
        if (column.change) value -= episode.before[column.from]!;
      }
      line += `,${numberCell(value * column.scale)}`;
    }
    options.onTruth?.(truthOf(episode.scene, topology, row, null, episode.number));
    yield `${line},${faultNames.indexOf(name)}\n`;
  }

  function start(name: FaultName): Episode {
    const scene = new Scene({
      topology,
      environment,
      seed: options.seed,
      stream: started,
      startSeconds: choice.below(86_400),
      noise: options.noise,
    });
    for (let step = 0; step < warmUpSteps; step++) scene.advance();
    const size = topology.nodes.length * kpis.length;
    const episode = { number: started++, scene, taken: 0, now: new Float64Array(size), before: new Float64Array(size) };
    scene.measure(episode.now);
    scene.begin(name, Number.MAX_SAFE_INTEGER, drawSeverity(choice, options.severity), choice);
    for (let step = choice.below(4); step > 0; step--) scene.advance();
    return episode;
  }

  function sample(episode: Episode): void {
    const { now } = episode;
    episode.now = episode.before;
    episode.before = now;
    for (let step = 0; step < stepsBetweenSamples; step++) episode.scene.advance();
    episode.scene.measure(episode.now);
    episode.taken++;
  }
}

export function referenceHeader(): string {
  return `sample_id,${referenceFeatures.map((feature) => feature.name).join(",")},label\n`;
}

/** Mostly about the given severity, seldom far above or below it. */
export function drawSeverity(random: Random, typical: number): number {
  return Math.min(1.3, Math.max(0.02, typical * Math.exp(0.45 * random.normal())));
}

interface Column {
  /** Place among the measured KPIs; -1 for a constant. */
  readonly from: number;
  readonly change: boolean;
  readonly scale: number;
  readonly gaps: boolean;
}

function compileColumns(nodes: readonly string[], reportScale: (kpi: number, node: number) => number): Column[] {
  return referenceFeatures.map((feature) => {
    if (feature.kind === "constant") return { from: -1, change: false, scale: 1, gaps: false };
    const node = nodes.indexOf(feature.node);
    const kpi = kpis.findIndex(({ name }) => name === feature.kpi);
    return {
      from: node * kpis.length + kpi,
      change: feature.kind === "change",
      scale: feature.scale * reportScale(kpi, node),
      gaps: feature.gaps,
    };
  });
}
