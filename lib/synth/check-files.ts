import { ApiObject, type App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { CATALOGUE } from '../checks/catalogue';
import type { Finding } from '../checks/finding';
import { runChecks } from '../checks/run-checks';
import { applySuppressions } from '../checks/suppressions';
import { meshClusterOf } from '../gitops/output-folder';
import { clusterFactsOf } from '../manifests/cluster-facts';
import { Manifest } from '../manifests/manifest';
import { ManifestSet } from '../manifests/manifest-set';
import { groupBy } from '../values/group-by';
import type { BuiltFile } from './build-files';

/**
 * What the checks find in the files of an app, without what its constructs suppress. Charts for different clusters are checked apart.
 *
 * @param files the files that were made of the app
 */
export function checkFiles(app: App, files: readonly BuiltFile[]): Finding[] {
  const constructs = app.node.findAll();
  const filesByObject = new Map(files.map((file) => [file.constructPath, file]));
  const clusters = groupBy(constructs, clusterOfConstruct);
  const findings = [...clusters.values()].flatMap((members) => {
    const manifests = members.flatMap((construct) => {
      const file = ApiObject.isApiObject(construct) ? filesByObject.get(construct.node.path) : undefined;
      return file === undefined ? [] : [manifestOf(construct, file)];
    });
    return runChecks(new ManifestSet(manifests, clusterFactsOf(members)), CATALOGUE);
  });
  return applySuppressions(findings, constructs);
}

function manifestOf(object: IConstruct, file: BuiltFile): Manifest {
  const folder = file.path.slice(0, file.path.lastIndexOf('/'));
  return new Manifest(file.manifest, { constructPath: ownerPath(object), folder, bytes: file.content.length });
}

/** The construct that its author knows: one that is named `Resource` is what its parent consists of. */
function ownerPath(object: IConstruct): string {
  const parent = object.node.scope;
  return object.node.id === 'Resource' && parent !== undefined ? ownerPath(parent) : object.node.path;
}

function clusterOfConstruct(construct: IConstruct): string {
  const chart = construct.node.scopes.reverse().find((scope) => Chart.isChart(scope));
  return chart === undefined ? '' : meshClusterOf(chart as Chart);
}
