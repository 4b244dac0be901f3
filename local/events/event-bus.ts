import { randomUUID } from "node:crypto";
import type { Json } from "../template/json.ts";
import { account, region } from "../template/physical-names.ts";
import type { DeadLetters } from "./dead-letters.ts";
import { deliverWithRetries, type RetryPolicy } from "./delivery.ts";
import type { Matcher } from "./pattern.ts";

export interface RuleTarget {
  readonly arn: string;
  readonly retry: RetryPolicy;
  /** ARN of the queue for what the target does not take. */
  readonly deadLetterQueue?: string;
  /** Gives the event over; rejects where the target failed. */
  readonly deliver: (event: Json) => Promise<void>;
}

export interface EventRule {
  readonly name: string;
  readonly arn: string;
  readonly matches?: Matcher;
  /** Milliseconds; a schedule also fires once at the start. */
  readonly everyMilliseconds?: number;
  readonly targets: readonly RuleTarget[];
}

/** setInterval overflows beyond 2^31 - 1 ms. */
const longestInterval = 2_147_000_000;

/** The default event bus: hands events to the targets of the rules that match, and fires the schedules. */
export class EventBus {
  readonly #rules: readonly EventRule[];
  readonly #deadLetters: DeadLetters;
  readonly #log: (line: string) => void;
  readonly #closing = new AbortController();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #deliveries = new Set<Promise<void>>();

  constructor(rules: readonly EventRule[], deadLetters: DeadLetters, log: (line: string) => void) {
    this.#rules = rules;
    this.#deadLetters = deadLetters;
    this.#log = log;
  }

  startSchedules(): void {
    for (const rule of this.#rules) {
      if (rule.everyMilliseconds === undefined) continue;
      const fire = (): void => {
        this.#deliver(rule, scheduledEvent(rule)).catch(() => undefined);
      };
      fire();
      this.#timers.push(setInterval(fire, Math.min(rule.everyMilliseconds, longestInterval)));
    }
  }

  /**
   * Resolves when every target of every matching rule took the event, or its dead letter is kept; rejects where the
   * stop of the local stack came first.
   */
  async put(event: Json): Promise<void> {
    const matching = this.#rules.filter(({ matches }) => matches?.(event));
    await Promise.all(matching.map((rule) => this.#deliver(rule, event)));
  }

  /** Ends schedules and tries; resolves when nothing is under way. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#closing.abort();
    await Promise.allSettled(this.#deliveries);
  }

  async #deliver(rule: EventRule, event: Json): Promise<void> {
    await Promise.all(
      rule.targets.map((target) => {
        const delivery = this.#deliverTo(rule, target, event).finally(() => this.#deliveries.delete(delivery));
        this.#deliveries.add(delivery);
        return delivery;
      }),
    );
  }

  async #deliverTo(rule: EventRule, target: RuleTarget, event: Json): Promise<void> {
    const error = await deliverWithRetries(() => target.deliver(event), target.retry, this.#closing.signal);
    if (!error) return;
    if (this.#closing.signal.aborted) throw new Error("the local stack is stopping", { cause: error });
    const attempts = target.retry.retries + 1;
    this.#log(`event of rule ${rule.name}: given up after ${attempts} tries: ${error.message}`);
    this.#deadLetters.put(target.deadLetterQueue, { target: target.arn, event, error: error.message, attempts });
  }
}

function scheduledEvent(rule: EventRule): Json {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account,
    time: new Date().toISOString().replace(/\.\d{3}Z$/, "Z"),
    region,
    resources: [rule.arn],
    detail: {},
  };
}
