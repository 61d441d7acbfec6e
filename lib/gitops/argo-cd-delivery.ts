import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Application, ApplicationSet, AppProject } from '../../imports/argoproj.io';
import { dnsLabelProblem } from '../values/kubernetes-name';
import { DELIVERY_METADATA } from '../values/placement';
import { collectProblems, quote } from '../values/problems';
import { argoCdApplicationSpec } from './argo-cd-application';
import { ArgoCdDestination } from './argo-cd-destination';
import { argoCdProjectSpec, type AppliedFolder } from './argo-cd-project';
import { addInferenceServiceHealth } from './inference-service-health';
import { DeliveredCharts } from './delivered-charts';
import { type DeliveredFolder, deliveredFolders, namespacesOf } from './delivered-folder';
import { repositoryProblem, revisionProblem } from './delivery-problems';
import { noteClusters } from './output-folder';
import type { PreparedConstruct } from './prepared-construct';

/** Properties of {@link ArgoCdDelivery}. */
export interface ArgoCdDeliveryProps {
  /** URL of the Git repository that holds `dist/`, without a password. */
  readonly repository: string;
  /** Branch, tag or commit that is synced. @default 'main' */
  readonly revision?: string;
  /** Path of `dist/` in the repository. @default 'dist' */
  readonly directory?: string;
  /** Namespace of Argo CD. @default 'argocd' */
  readonly namespace?: string;
  /** Name of the AppProject. @default 'modelmesh' */
  readonly projectName?: string;
  /** Whether one ApplicationSet makes the Applications, instead of each being written out. @default false */
  readonly applicationSet?: boolean;
  /** Most objects of one Application. Argo CD keeps a line for each in the Application's status, which etcd limits. @default 1000 */
  readonly maxObjectsPerFolder?: number;
  /**
   * Whether Argo CD asks the API server what a sync would change (`ServerSideDiff=true`, Argo CD 3.1 or newer), instead of guessing at
   * defaults itself.
   *
   * @default true
   */
  readonly serverSideDiff?: boolean;
  /**
   * Whether the ConfigMap argocd-cm gets the health check for models that ModelMesh's own statuses need. Apply it server-side, so that the
   * other settings of that ConfigMap stay.
   *
   * @default false
   */
  readonly healthCheck?: boolean;
}

/** How one chart is delivered. */
export interface ArgoCdDeliveryOptions {
  /** The cluster. @default ArgoCdDestination.inCluster() */
  readonly destination?: ArgoCdDestination;
  /** The API of the service mesh's control plane, when the app splits its objects. @default - none, and an error when the app splits */
  readonly controlPlaneDestination?: ArgoCdDestination;
  /** Branch, tag or commit for this chart. @default - that of the delivery */
  readonly revision?: string;
  /** Whether a change in Git is synced by itself. @default true */
  readonly autoSync?: boolean;
  /** Whether objects that left Git are deleted, those marked to be kept excepted; with `autoSync`. @default true */
  readonly prune?: boolean;
  /** Whether changes made in the cluster are undone; with `autoSync`. @default true */
  readonly selfHeal?: boolean;
}

/**
 * The Argo CD objects that deliver charts: an AppProject that allows just what they hold, and an Application for each of their folders.
 *
 * They go to `dist/argocd/`, which no Application reads: `kubectl apply --server-side -f dist/argocd/` is the whole bootstrap. No Application
 * has a finalizer, so deleting one leaves the mesh running.
 */
export class ArgoCdDelivery extends Chart implements PreparedConstruct {
  private readonly delivered = new DeliveredCharts<ArgoCdDeliveryOptions>();
  private isPrepared = false;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ArgoCdDeliveryProps,
  ) {
    super(scope, id, { namespace: props.namespace ?? 'argocd' });
    this.node.addMetadata(DELIVERY_METADATA, true);
    this.node.addValidation({ validate: () => this.problems() });
  }

  /**
   * Delivers a chart.
   *
   * @throws Error when the chart is delivered already, or is itself a delivery
   */
  public deliver(chart: Chart, options: ArgoCdDeliveryOptions = {}): void {
    this.delivered.add(chart, options);
    const text = (destination: ArgoCdDestination | undefined): string =>
      JSON.stringify((destination ?? ArgoCdDestination.inCluster())._spec());
    noteClusters(chart, { controlPlane: text(options.controlPlaneDestination), dataPlane: text(options.destination) });
  }

  /** @internal */
  public _prepare(): void {
    if (this.isPrepared || this.problems().length > 0) return;
    this.isPrepared = true;
    const { props } = this;
    const project = props.projectName ?? 'modelmesh';
    const applications = this.delivered.all.flatMap(({ chart, options }) =>
      deliveredFolders(chart).map((folder) => ({ folder, destination: destinationOf(folder, options), options })),
    );
    new AppProject(this, 'Project', {
      metadata: { name: project },
      spec: argoCdProjectSpec(props.repository, applications),
    });
    if (props.applicationSet ?? false) this.addApplicationSet(project, applications);
    else {
      for (const { folder, destination, options } of applications) {
        new Application(this, `Application-${folder.name}`, {
          metadata: { name: folder.name, annotations: this.annotations() },
          spec: argoCdApplicationSpec({
            project,
            repository: props.repository,
            revision: this.revisionOf(options),
            path: this.pathOf(folder),
            // Argo CD refuses an Application whose own namespace is not among those of its AppProject.
            destination: { ...destination._spec(), namespace: namespacesOf(folder)[0] },
            options,
          }),
        });
      }
    }
    if (props.healthCheck ?? false) addInferenceServiceHealth(this, this.namespace as string);
  }

  private addApplicationSet(project: string, applications: readonly DeliveredApplication[]): void {
    const spec = argoCdApplicationSpec({
      project,
      repository: this.props.repository,
      revision: '{{ .revision }}',
      path: '{{ .path }}',
      destination: { server: '{{ .server }}', name: '{{ .cluster }}', namespace: '{{ .namespace }}' },
      // The same for all, as the validation has made sure.
      options: applications[0]?.options ?? {},
    });
    new ApplicationSet(this, 'ApplicationSet', {
      metadata: { name: project },
      spec: {
        goTemplate: true,
        goTemplateOptions: ['missingkey=error'],
        generators: [
          {
            list: {
              elements: applications.map(({ folder, destination, options }) => ({
                name: folder.name,
                path: this.pathOf(folder),
                revision: this.revisionOf(options),
                // Argo CD takes an empty one for a missing one.
                server: destination.url ?? '',
                cluster: destination.name ?? '',
                namespace: namespacesOf(folder)[0],
              })),
            },
          },
        ],
        // An element that is lost by mistake must not take its objects with it.
        syncPolicy: { preserveResourcesOnDeletion: true },
        template: {
          metadata: { name: '{{ .name }}', annotations: this.annotations() },
          spec,
        },
      },
    });
  }

  private pathOf(folder: DeliveredFolder): string {
    return `${this.props.directory ?? 'dist'}/${folder.path}`;
  }

  private revisionOf(options: ArgoCdDeliveryOptions): string {
    return options.revision ?? this.props.revision ?? 'main';
  }

  private annotations(): { [key: string]: string } | undefined {
    return (this.props.serverSideDiff ?? true) ? { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' } : undefined;
  }

  private problems(): string[] {
    const { props } = this;
    const source = {
      repositoryProblem: repositoryProblem(props.repository),
      revision: props.revision ?? 'main',
      directory: props.directory ?? 'dist',
      maxObjectsPerFolder: props.maxObjectsPerFolder ?? 1000,
    };
    const own = collectProblems(
      dnsLabelProblem('namespace of Argo CD', this.namespace as string),
      dnsLabelProblem('name of the AppProject', props.projectName ?? 'modelmesh'),
      ...this.delivered.all.map(({ options }) => (options.revision === undefined ? undefined : revisionProblem(options.revision))),
    );
    return [...this.delivered.problems(source, own), ...this.destinationProblems(), ...this.setProblems()];
  }

  private destinationProblems(): string[] {
    return this.delivered.all
      .filter(
        ({ chart, options }) =>
          options.controlPlaneDestination === undefined && deliveredFolders(chart).some((folder) => folder.isControlPlane),
      )
      .map(
        ({ chart }) =>
          `chart ${quote(chart.node.path)} has objects for the control plane apart from the rest: give deliver() a controlPlaneDestination`,
      );
  }

  // One template serves all elements of the set.
  private setProblems(): string[] {
    if (!(this.props.applicationSet ?? false)) return [];
    const policies = new Set(
      this.delivered.all.map(({ options: { autoSync, prune, selfHeal } }) =>
        JSON.stringify([autoSync ?? true, prune ?? true, selfHeal ?? true]),
      ),
    );
    return policies.size > 1
      ? ['charts of one ApplicationSet have different autoSync, prune or selfHeal: make them the same, or leave out applicationSet']
      : [];
  }
}

interface DeliveredApplication extends AppliedFolder {
  readonly options: ArgoCdDeliveryOptions;
}

function destinationOf(folder: DeliveredFolder, options: ArgoCdDeliveryOptions): ArgoCdDestination {
  const destination = folder.isControlPlane ? options.controlPlaneDestination : options.destination;
  return destination ?? ArgoCdDestination.inCluster();
}
