/**
 * One service centre (CPU, disk, network, lock manager) as a queue that time steps move on.
 *
 * The number in the system x follows the pointwise stationary fluid flow approximation of the M/M/1 queue
 * (K. L. Rider, JACM 23(2), 1976; W.-P. Wang, D. Tipper, S. Banerjee, INFOCOM 1996):
 *
 *     dx/dt = λ − μ·x/(1+x)
 *
 * Its rest point is the M/M/1 queue, x = ρ/(1−ρ); past saturation it grows as a fluid. Each step solves the
 * implicit Euler equation, a quadratic with one positive root, so that any step length is stable.
 * Several servers count as one that is as fast as all of them, and a delay for what a single server is slower
 * (A. Seidmann, P. Schweitzer, S. Shalev-Oren, 1987).
 */
export class ServiceCentre {
  /** Mean number in the system. */
  number = 0;
  /** Busy share of the capacity, 0 to 1. */
  utilisation = 0;
  /** Completions per second. */
  throughput = 0;
  /** Arrivals per second that a full queue turned away. */
  refused = 0;
  /** Mean time in the system, waiting and service. */
  seconds = 0;
  private readonly servers: number;
  private readonly most: number;

  /** @param servers how many serve at once @param most length at which arrivals are turned away */
  constructor(servers: number, most = 5_000) {
    this.servers = servers;
    this.most = most;
  }

  /**
   * @param arrivals per second
   * @param capacity completions per second of all servers together
   * @param step seconds
   */
  advance(arrivals: number, capacity: number, step: number): void {
    const before = this.number;
    const a = before + arrivals * step;
    const served = capacity * step;
    const half = (a - 1 - served) / 2;
    // For half < 0 the usual root formula loses all digits; the product of the roots gives the other form.
    const root = Math.sqrt(half * half + a);
    let after = half >= 0 ? half + root : a / (root - half);
    this.refused = 0;
    if (after > this.most) {
      this.refused = (after - this.most) / step;
      after = this.most;
    }
    this.number = after;
    this.throughput = Math.max(0, (before - after) / step + arrivals - this.refused);
    this.utilisation = after / (1 + after);
    const pooled = this.throughput > 1e-9 ? after / this.throughput : 1 / capacity;
    this.seconds = pooled + (this.servers - 1) / capacity;
  }
}
