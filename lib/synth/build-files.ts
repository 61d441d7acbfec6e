import { ApiObject, type App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { clusterOf } from '../gitops/output-folder';
import { prepareAll } from '../gitops/prepared-construct';
import { isClusterScoped } from '../manifests/manifest';
import { apiGroupOf } from '../values/apply-order';
import { quote } from '../values/problems';
import { fileNameOf, folderOf, identityOf, type ObjectIdentity } from './file-name';
import { type PlainMap, toPlainMap } from './plain-data';
import { withSyncWave } from './sync-wave';
import { renderYaml } from './render-yaml';
import { type SchemaValidators, schemaProblems } from './schemas';
import type { SynthProblem } from './synth-error';
import { ToldProblems } from './told-problems';

/** One file that a synth wants to publish. */
export interface BuiltFile {
  /** The path below the output folder, with `/` on every machine. */
  readonly path: string;
  /** The construct that the file is made of. */
  readonly constructPath: string;
  /** `metadata.name` of the object. */
  readonly objectName: string;
  /** The data that the file is meant to hold. */
  readonly manifest: PlainMap;
  /** The bytes of the file. */
  readonly content: Buffer;
}

/** What became of a construct tree: files, and whatever keeps them from being published. */
export interface BuildResult {
  readonly files: readonly BuiltFile[];
  readonly problems: readonly SynthProblem[];
}

interface NamedFile extends BuiltFile {
  readonly identity: ObjectIdentity;
  /** The cluster that it is delivered to; the same text for all when none is named. */
  readonly cluster: string;
}

/**
 * Turns the construct tree into files. Every problem of every construct is collected; none hides another.
 *
 * @param validators the schema checks by `<apiVersion>/<Kind>`
 */
export function buildFiles(app: App, validators: SchemaValidators): BuildResult {
  prepareAll(app);
  const constructs = app.node.findAll();
  const problems = constructs.flatMap(validationProblems);
  const told = new ToldProblems(problems);
  const files: NamedFile[] = [];
  for (const construct of constructs) {
    if (!ApiObject.isApiObject(construct)) continue;
    const found: string[] = [];
    const file = buildFile(construct as ApiObject, validators, found);
    if (file !== undefined) files.push(file);
    const news = found.map((message) => ({ constructPath: construct.node.path, message }));
    problems.push(...news.filter((problem) => !told.explain(problem)));
  }
  problems.push(...collisions(files));
  // Folder by folder, as a walk meets them: a stream of all files is in an order that can be applied, too.
  const place = (file: NamedFile): string => file.path.replaceAll('/', '\0');
  return { files: files.sort((a, b) => (place(a) < place(b) ? -1 : 1)), problems };
}

function validationProblems(construct: IConstruct): SynthProblem[] {
  const constructPath = construct.node.path;
  try {
    return construct.node.validate().map((message) => ({ constructPath, message }));
  } catch (error) {
    return [{ constructPath, message: `its validation failed: ${messageOf(error)}` }];
  }
}

function buildFile(object: ApiObject, validators: SchemaValidators, problems: string[]): NamedFile | undefined {
  const manifest = manifestOf(object, problems);
  if (manifest === undefined) return undefined;
  problems.push(...schemaProblems(manifest, validators));
  const folder = folderOf(object, problems);
  const identity = identityOf(manifest, problems);
  if (identity === undefined) return undefined;
  const path = `${folder}/${fileNameOf(identity, problems)}`;
  const content = Buffer.from(renderYaml(manifest), 'utf8');
  return { path, constructPath: object.node.path, objectName: identity.name, manifest, content, identity, cluster: clusterOf(object) };
}

function manifestOf(object: ApiObject, problems: string[]): PlainMap | undefined {
  try {
    return withSyncWave(toPlainMap(object.toJson() as object, problems));
  } catch (error) {
    // cdk8s puts the path and the name before the message; the path is known already, and the name is the tail of it.
    const message = messageOf(error).replace(/^Failed serializing construct at path '[^']*' with name '[^']*': /, '');
    problems.push(`it cannot be rendered: ${message.replace(/^Error: /, '')}`);
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Objects that are the same one for the cluster, and files that are the same one for a file system that ignores case. */
function collisions(files: readonly NamedFile[]): SynthProblem[] {
  const problems: SynthProblem[] = [];
  const byIdentity = new Map<string, NamedFile>();
  const byPath = new Map<string, NamedFile>();
  for (const file of files) {
    const { constructPath, identity } = file;
    const identityKey = keyOf(file);
    const twin = byIdentity.get(identityKey);
    const neighbour = byPath.get(file.path.toLowerCase());
    if (twin !== undefined) {
      const where = identity.namespace === '' ? '' : ` in namespace ${quote(identity.namespace)}`;
      const message = `${identity.kind} ${quote(identity.name)}${where} is declared by '${twin.constructPath}' too: remove one of them or rename it`;
      problems.push({ constructPath, message });
    } else if (neighbour !== undefined) {
      const message = `its file '${file.path}' is also the file of '${neighbour.constructPath}': put the two into different charts or rename one of them`;
      problems.push({ constructPath, message });
    }
    if (twin === undefined) byIdentity.set(identityKey, file);
    if (neighbour === undefined) byPath.set(file.path.toLowerCase(), file);
  }
  return problems;
}

function keyOf({ identity, cluster }: NamedFile): string {
  const group = apiGroupOf(identity.apiVersion);
  const namespace = isClusterScoped(group, identity.kind) ? '' : identity.namespace;
  return JSON.stringify([cluster, group, identity.kind, namespace, identity.name]);
}
