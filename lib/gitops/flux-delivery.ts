import { Chart, Duration, type ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  Kustomization,
  KustomizationSpecSourceRefKind,
  type KustomizationSpecHealthChecks,
} from '../../imports/kustomize.toolkit.fluxcd.io';
import { GitRepository } from '../../imports/source.toolkit.fluxcd.io';
import { SYNC_OPTIONS_ANNOTATION, SYNC_WAVE_ANNOTATION } from '../values/argo-cd-annotations';
import { dnsLabelProblem, dnsSubdomainProblem } from '../values/kubernetes-name';
import { DELIVERY_METADATA } from '../values/placement';
import { collectProblems, quote } from '../values/problems';
import { DeliveredCharts } from './delivered-charts';
import { annotationOf, type DeliveredFolder, deliveredFolders, namespaceOf } from './delivered-folder';
import { repositoryProblem } from './delivery-problems';
import { chartFolder, noteClusters } from './output-folder';
import type { PreparedConstruct } from './prepared-construct';

/** Properties of {@link FluxDelivery}. */
export interface FluxDeliveryProps {
  /** URL of the Git repository that holds `dist/`: https or ssh, without a password. */
  readonly repository: string;
  /** Name of the GitRepository. @default 'modelmesh' */
  readonly repositoryName?: string;
  /** Branch that is applied. @default 'main' */
  readonly branch?: string;
  /** Path of `dist/` in the repository. @default 'dist' */
  readonly directory?: string;
  /** Namespace of Flux. @default 'flux-system' */
  readonly namespace?: string;
  /** Name of the Secret with the repository's credentials. @default - none */
  readonly credentialsSecretName?: string;
  /** Time between two runs. @default Duration.minutes(10) */
  readonly interval?: Duration;
  /** Longest time that a run waits for health. @default Duration.minutes(5) */
  readonly timeout?: Duration;
  /**
   * Whether a Kustomization waits for the health of everything in it, models included, instead of the claims alone. One model that does not
   * load then fails the whole folder.
   *
   * @default false
   */
  readonly wait?: boolean;
  /** Most objects of one Kustomization. @default 1000 */
  readonly maxObjectsPerFolder?: number;
}

/** How one chart is delivered. */
export interface FluxDeliveryOptions {
  /** Name of the Secret with the kubeconfig of the cluster. @default - the cluster that Flux runs in */
  readonly kubeConfigSecretName?: string;
  /** The same for the control plane of the service mesh, when the app splits its objects. @default - the cluster that Flux runs in */
  readonly controlPlaneKubeConfigSecretName?: string;
  /** Whether objects that left Git are deleted. @default true */
  readonly prune?: boolean;
}

/**
 * The Flux objects that deliver charts: one GitRepository, and a Kustomization for each of their folders. They go to `dist/<id>/`, which no
 * Kustomization reads.
 *
 * A Kustomization is ready once the namespace is there and the claims are bound. It does not wait for models: one that fails to load would
 * hold back the others. Shards of models wait for the folder of their chart.
 */
export class FluxDelivery extends Chart implements PreparedConstruct {
  private readonly delivered = new DeliveredCharts<FluxDeliveryOptions>();
  private isPrepared = false;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: FluxDeliveryProps,
  ) {
    super(scope, id, { namespace: props.namespace ?? 'flux-system' });
    this.node.addMetadata(DELIVERY_METADATA, true);
    this.node.addValidation({ validate: () => this.problems() });
  }

  /**
   * Delivers a chart.
   *
   * @throws Error when the chart is delivered already, or is itself a delivery
   */
  public deliver(chart: Chart, options: FluxDeliveryOptions = {}): void {
    this.delivered.add(chart, options);
    noteClusters(chart, { controlPlane: options.controlPlaneKubeConfigSecretName ?? '', dataPlane: options.kubeConfigSecretName ?? '' });
  }

  /** @internal */
  public _prepare(): void {
    if (this.isPrepared || this.problems().length > 0) return;
    this.isPrepared = true;
    const { props } = this;
    const repositoryName = props.repositoryName ?? 'modelmesh';
    new GitRepository(this, 'Repository', {
      metadata: { name: repositoryName },
      spec: {
        url: props.repository,
        interval: '1m',
        ref: { branch: props.branch ?? 'main' },
        secretRef: props.credentialsSecretName === undefined ? undefined : { name: props.credentialsSecretName },
      },
    });
    for (const { chart, options } of this.delivered.all) {
      const folders = deliveredFolders(chart);
      for (const folder of folders) {
        folder.objects.forEach(keepFromPruning);
        this.addKustomization(repositoryName, chart, folder, folders, options);
      }
    }
  }

  private addKustomization(
    repositoryName: string,
    chart: Chart,
    folder: DeliveredFolder,
    siblings: readonly DeliveredFolder[],
    options: FluxDeliveryOptions,
  ): void {
    const { props } = this;
    const kubeConfig = folder.isControlPlane ? options.controlPlaneKubeConfigSecretName : options.kubeConfigSecretName;
    const main = siblings.find(holdsNamespace) ?? siblings.find(({ isControlPlane, path }) => !isControlPlane && isFolderOf(chart, path));
    new Kustomization(this, `Kustomization-${folder.name}`, {
      metadata: { name: folder.name },
      spec: {
        interval: `${(props.interval ?? Duration.minutes(10)).toSeconds()}s`,
        retryInterval: '1m',
        timeout: `${(props.timeout ?? Duration.minutes(5)).toSeconds()}s`,
        path: `./${props.directory ?? 'dist'}/${folder.path}`,
        prune: options.prune ?? true,
        wait: props.wait === true ? true : undefined,
        sourceRef: { kind: KustomizationSpecSourceRefKind.GIT_REPOSITORY, name: repositoryName },
        // Flux ignores the checks when it waits for everything.
        healthChecks: props.wait === true ? undefined : healthChecks(folder),
        dependsOn: main === undefined || main === folder || folder.isControlPlane ? undefined : [{ name: main.name }],
        kubeConfig: kubeConfig === undefined ? undefined : { secretRef: { name: kubeConfig } },
      },
    });
  }

  private problems(): string[] {
    const { props } = this;
    const source = {
      repositoryProblem: repositoryProblem(props.repository) ?? schemeProblem(props.repository),
      revision: props.branch ?? 'main',
      directory: props.directory ?? 'dist',
      maxObjectsPerFolder: props.maxObjectsPerFolder ?? 1000,
    };
    const own = collectProblems(
      dnsLabelProblem('namespace of Flux', this.namespace as string),
      dnsSubdomainProblem('name of the GitRepository', props.repositoryName ?? 'modelmesh'),
      durationProblem('interval', props.interval),
      durationProblem('timeout', props.timeout),
    );
    return this.delivered.problems(source, own);
  }
}

function schemeProblem(repository: string): string | undefined {
  return /^(https?|ssh):/.test(repository)
    ? undefined
    : `repository URL ${quote(repository)} is none that Flux fetches: use https:// or ssh://`;
}

function durationProblem(what: string, duration: Duration | undefined): string | undefined {
  const millis = duration?.toMilliseconds() ?? 1000;
  return millis >= 1000 && millis % 1000 === 0 ? undefined : `${what} is ${millis} ms: use whole seconds, at least one`;
}

function holdsNamespace(folder: DeliveredFolder): boolean {
  return folder.objects.some(({ kind }) => kind === 'Namespace');
}

// The folder beside those of the shards.
function isFolderOf(chart: Chart, path: string): boolean {
  return path.split('/').at(-1) === chartFolder(chart);
}

// What must be there before a model can be served, and says of itself whether it is.
function healthChecks(folder: DeliveredFolder): KustomizationSpecHealthChecks[] | undefined {
  const checks = folder.objects
    .filter((object) => object.kind === 'Namespace' || (object.kind === 'PersistentVolumeClaim' && !bindsOnFirstUse(object)))
    .map((object) => ({ apiVersion: object.apiVersion, kind: object.kind, name: object.name, namespace: namespaceOf(object) }));
  return checks.length === 0 ? undefined : checks;
}

function bindsOnFirstUse(claim: ApiObject): boolean {
  return annotationOf(claim, SYNC_WAVE_ANNOTATION) === '0';
}

/** What Argo CD is told to keep is kept from Flux too. */
function keepFromPruning(object: ApiObject): void {
  if (annotationOf(object, SYNC_OPTIONS_ANNOTATION)?.includes('Prune=false')) {
    object.metadata.addAnnotation('kustomize.toolkit.fluxcd.io/prune', 'disabled');
  }
}
