import { App } from 'cdk8s';
import type { DestinationSplit } from '../gitops/destination-split';
import { DESTINATION_CONTEXT } from '../values/placement';
import type { Finding } from '../checks/finding';
import { buildFiles, type BuiltFile } from './build-files';
import { checkFiles } from './check-files';
import { judge } from './judge';
import { displayPath, outputLocation, type OutputLocation } from './output-location';
import { asSynthError, publish, untouched } from './publish';
import { generatedValidators } from './schemas';
import { writeStagedCopy } from './staged-copy';
import { summaryLines, warningLines } from './summary';
import { SynthError, type SynthProblem } from './synth-error';
import { synthReport } from './synth-report';

/** Properties of {@link ModelMeshApp}. */
export interface ModelMeshAppProps {
  /**
   * The folder that the manifests are published to, relative to the working folder. `cdk8s synth --output` and `--stdout` take precedence.
   * @default 'dist'
   */
  readonly outdir?: string;
  /**
   * How the objects are divided among clusters.
   * @default - not at all: one folder per chart
   */
  readonly split?: DestinationSplit;
  /**
   * Whether a warning of the checks stops the synth as an error does. `npm run synth -- --strict` does the same for one run.
   * @default false
   */
  readonly strict?: boolean;
}

/**
 * An app that publishes only what was built and proven whole.
 *
 * Every chart becomes a folder and every object a file in it, named after its place in the apply order, its kind and its name, so that
 * `kubectl apply --recursive` meets the objects of a chart in an order that works. {@link ModelMeshApp.synth} collects the problems of all
 * constructs, reads back and proves every file that changes, and then puts the whole folder in place in one step: an error, a full disk or a killed
 * process leaves the former folder as it was.
 */
export class ModelMeshApp extends App {
  private readonly location: OutputLocation;
  private readonly isStrict: boolean;

  constructor(props: ModelMeshAppProps = {}) {
    const location = outputLocation(props.outdir ?? 'dist', process.env['CDK8S_OUTDIR'], process.cwd());
    super({ outdir: displayPath(location.target) });
    this.location = location;
    this.isStrict = (props.strict ?? false) || process.env['CDK8S_MODELMESH_STRICT'] === 'true';
    if (props.split !== undefined) this.node.setContext(DESTINATION_CONTEXT, props.split._folders);
    // It would give every generated name another hash, and so other names on this machine than on the next.
    delete process.env['CDK8S_LEGACY_HASH'];
  }

  /**
   * Builds, proves and publishes the manifests, and writes a summary to stderr.
   *
   * Files that do not change keep their times. Files of earlier synths that no object stands for any more are removed. Files that no synth
   * wrote stay, and are named on stderr.
   *
   * @throws SynthError with every problem of every construct, or with what kept the files from being written. The output folder is then
   * as it was before.
   */
  public override synth(): void {
    const started = performance.now();
    const { target, staged } = this.location;
    const { files, warnings } = this.build();
    if (staged !== undefined) {
      try {
        writeStagedCopy(staged, files, process.env['CDK8S_RECORD_CONSTRUCT_METADATA'] === 'true');
      } catch (error) {
        throw asSynthError(error, target);
      }
    }
    const publication = publish(target, files);
    const seconds = (performance.now() - started) / 1000;
    process.stderr.write(`${[...warningLines(warnings), ...summaryLines(target, publication, seconds)].join('\n')}\n`);
  }

  /**
   * Everything that the checks find in the manifests of all charts, warnings and errors; nothing is written. What constructs themselves
   * refuse is not among it: `synth` tells that.
   */
  public check(): Finding[] {
    return checkFiles(this, buildFiles(this, generatedValidators()).files);
  }

  /**
   * The manifests of all charts as one stream, in the order of their files. Nothing is written.
   *
   * @throws SynthError with every problem of every construct
   */
  public override synthYaml(): string {
    return this.build()
      .files.map((file) => file.content.toString('utf8'))
      .join('');
  }

  private build(): { readonly files: readonly BuiltFile[]; readonly warnings: readonly SynthProblem[] } {
    const { files, problems } = buildFiles(this, generatedValidators());
    const judgement = judge(problems, checkFiles(this, files), this.isStrict);
    const report = synthReport(judgement, files.length, process.env);
    if (report !== undefined) process.stdout.write(report);
    const { errors, warnings } = judgement;
    if (errors.length > 0) throw new SynthError(untouched(this.location.target), errors, undefined, warnings);
    return { files, warnings };
  }
}
