import { generatedPayload } from '../load-test/generated-payload';
import type { SmokeTestedModelSettings } from '../smoke-test/smoke-test-settings';
import { askMetadata, askModel, type Asked } from './ask-model';
import type { GatewayClient } from './gateway-client';

/** What a run is told. */
export interface SmokeTestPlan {
  readonly models: readonly SmokeTestedModelSettings[];
  /** How long models have to answer, from the start. */
  readonly timeoutSeconds: number;
  /** How many requests are under way at a time. */
  readonly parallel: number;
}

/** What stands in for time in tests. */
export interface Clock {
  now(): number;
  wait(millis: number): Promise<void>;
}

/** Between two attempts for one model: 1 s, then twice as long each time, up to 15 s. */
const FIRST_PAUSE_MILLIS = 1_000;
const LONGEST_PAUSE_MILLIS = 15_000;

interface Task {
  readonly model: SmokeTestedModelSettings;
  attempts: number;
  dueMillis: number;
}

/** The state in which a model was left. */
export interface SmokeTestResult {
  readonly name: string;
  readonly problem?: string;
  readonly attempts: number;
  /** Whether only its metadata were asked for, because they name no inputs to make a request of. */
  readonly metadataOnly: boolean;
}

const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  wait: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
};

/**
 * Sends one request to every model, and again to those that do not answer yet, until all have answered or time is up. A model that fails for
 * good is not asked again, and none waits for another.
 */
export async function runSmokeTest(client: GatewayClient, plan: SmokeTestPlan, clock: Clock = SYSTEM_CLOCK): Promise<SmokeTestResult[]> {
  const start = clock.now();
  const deadline = start + plan.timeoutSeconds * 1000;
  const waiting: Task[] = plan.models.map((model) => ({ model, attempts: 0, dueMillis: start }));
  const results = new Map<string, SmokeTestResult>();

  const work = async (): Promise<void> => {
    for (let task = takeNext(waiting); task !== undefined; task = takeNext(waiting)) {
      const pause = task.dueMillis - clock.now();
      if (pause > 0) await clock.wait(pause);
      const { problem, mayPass, metadataOnly } = await askOnce(client, task.model);
      task.attempts += 1;
      task.dueMillis = clock.now() + Math.min(FIRST_PAUSE_MILLIS * 2 ** (task.attempts - 1), LONGEST_PAUSE_MILLIS);
      if (problem !== undefined && mayPass && task.dueMillis < deadline) waiting.push(task);
      else results.set(task.model.name, { name: task.model.name, problem, attempts: task.attempts, metadataOnly });
    }
  };
  await Promise.all(Array.from({ length: Math.min(plan.parallel, plan.models.length) }, work));
  return plan.models.map(({ name }) => results.get(name)!);
}

/** The line of each model that failed, and one about all. */
export function smokeTestLines(results: readonly SmokeTestResult[]): string[] {
  const failed = results.filter(({ problem }) => problem !== undefined);
  const metadataOnly = results.filter((result) => result.problem === undefined && result.metadataOnly).length;
  return [
    ...failed.map(({ name, problem, attempts }) => `FAILED ${name}: ${problem} (${attempts} ${attempts === 1 ? 'attempt' : 'attempts'})`),
    [
      `${results.length - failed.length} of ${results.length} models answered`,
      ...(metadataOnly > 0 ? [`${metadataOnly} of them with their metadata alone, which name no inputs`] : []),
      ...(failed.length > 0 ? [`${failed.length} failed`] : []),
    ].join(', '),
  ];
}

function takeNext(waiting: Task[]): Task | undefined {
  let next = 0;
  for (let index = 1; index < waiting.length; index += 1) if (waiting[index]!.dueMillis < waiting[next]!.dueMillis) next = index;
  return waiting.splice(next, 1)[0];
}

async function askOnce(
  client: GatewayClient,
  { name, body, inputs }: SmokeTestedModelSettings,
): Promise<Asked & { metadataOnly: boolean }> {
  const given = body ?? (inputs && JSON.stringify(generatedPayload(inputs)));
  if (given !== undefined) return { ...(await askModel(client, name, given)), metadataOnly: false };
  const metadata = await askMetadata(client, name);
  if (metadata.problem !== undefined || metadata.body === undefined) return { ...metadata, metadataOnly: true };
  return { ...(await askModel(client, name, metadata.body)), metadataOnly: false };
}
