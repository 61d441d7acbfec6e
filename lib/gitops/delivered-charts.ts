import type { Chart } from 'cdk8s';
import { integerProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';
import { deliveredFolders } from './delivered-folder';
import { directoryProblem, revisionProblem, sharedFolderProblems, sizeProblems } from './delivery-problems';
import { isDelivery } from './output-folder';

/** A chart, and how it is delivered. */
export interface DeliveredChart<Options> {
  readonly chart: Chart;
  readonly options: Options;
}

/** Where a GitOps tool finds what is published, and how much it takes at once. */
export interface DeliverySource {
  /** What is wrong with the URL of the repository, which tools read differently; undefined when nothing is. */
  readonly repositoryProblem: string | undefined;
  readonly revision: string;
  readonly directory: string;
  readonly maxObjectsPerFolder: number;
}

/** The charts of one delivery, whichever tool it is for. */
export class DeliveredCharts<Options extends object> {
  private readonly charts: DeliveredChart<Options>[] = [];

  /** In the order in which they were added. */
  public get all(): readonly DeliveredChart<Options>[] {
    return this.charts;
  }

  /** @throws Error when the chart is there already, or is itself a delivery */
  public add(chart: Chart, options: Options): void {
    if (isDelivery(chart)) throw new Error(`chart ${quote(chart.node.path)} is itself a delivery: apply it with kubectl`);
    if (this.charts.some((other) => other.chart === chart)) {
      throw new Error(`chart ${quote(chart.node.path)} is delivered already: remove one of the two calls`);
    }
    this.charts.push({ chart, options: { ...options } });
  }

  /**
   * What is wrong with the source, with the charts, and with how their folders fit it.
   *
   * @param own what the tool itself has to say of its properties
   */
  public problems({ repositoryProblem, revision, directory, maxObjectsPerFolder }: DeliverySource, own: readonly string[]): string[] {
    const folders = this.charts.flatMap(({ chart }) => deliveredFolders(chart));
    return [
      ...collectProblems(repositoryProblem, revisionProblem(revision), directoryProblem(directory), ...own),
      ...collectProblems(
        integerProblem('maxObjectsPerFolder', maxObjectsPerFolder, 1, 100_000),
        this.charts.length === 0 ? 'no chart is delivered: call deliver(chart) for each mesh' : undefined,
      ),
      ...sharedFolderProblems(folders),
      ...sizeProblems(folders, maxObjectsPerFolder),
    ];
  }
}
