import { ALL_RULES } from '../../checks/all-rules';
import type { Finding } from '../../checks/finding';
import { countsOf, type Report } from '../../report/report';
import { ReportFormat, reportText } from '../../report/report-text';
import { quote } from '../../values/problems';
import { isColored } from '../colors';
import { type Command, ExitCode, readArguments, type Surroundings } from '../command';
import { readStream } from '../read-bytes';
import { checkManifests } from './check-files';
import { checkOptions } from './check-options';
import { pageText } from './page-text';
import { MIB, readFiles } from './read-files';

const USAGE = `usage: cdk8s-modelmesh check [options] FILE|DIR...   finds known mistakes in Kubernetes manifests

A DIR is searched for *.yaml, *.yml and *.json; - is the standard input.
Check all manifests together that are applied to one cluster.

  --format FORMAT           terminal (default), json, sarif, or github (annotations of a pull request)
  --strict                  warnings fail, too
  --platform PLATFORM       asm, istio:VERSION (e.g. istio:1.24) or gateway-api:CLASS
  --existing OBJECT         an object that others make: KIND/NAMESPACE/NAME, or KIND/NAME; repeatable
  --shipped-runtimes        ModelMesh's own ClusterServingRuntimes are installed
  --no-shipped-runtimes     they are not (default: they are when the manifests hold no runtime)
  --namespace NAMESPACE     the namespace of objects that name none
  --max-size MIB            the largest file that is read (default: 10)
  --help                    prints this

Exit code: 0 no errors, 1 errors (or warnings with --strict), 2 the command was not understood or a path does not exist.
`;

/** `cdk8s-modelmesh check`. */
export const CHECK_COMMAND: Command = {
  name: 'check',
  synopsis: 'check [options] FILE|DIR...        finds known mistakes in Kubernetes manifests',
  usage: USAGE,
  run: check,
};

async function check(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = readArguments(() => checkOptions(args));
  const { stdin, cwd, stdout, stderr, env, packageFolder } = surroundings;
  const input = options.paths.includes('-') ? await readStream(stdin, options.maxSize * MIB) : undefined;
  const { manifests, findings: unread, files } = readFiles(options.paths, { ...options, stdin: input, cwd });
  const findings = inFileOrder([...unread, ...checkManifests(manifests, options.set)], files);
  const report: Report = { findings, objects: manifests.length, files: files.length };
  const rules =
    options.format === ReportFormat.SARIF ? ALL_RULES.map((known) => ({ ...known, page: pageText(known.code, packageFolder) })) : ALL_RULES;
  stdout.write(reportText(report, options.format, { rules, isColored: isColored(stdout.isTTY === true, env) }));
  if (manifests.length === 0 && findings.length === 0)
    stderr.write(`there are no Kubernetes objects in ${options.paths.map(quote).join(', ')}\n`);
  const { errors, warnings } = countsOf(findings);
  return errors > 0 || (options.isStrict && warnings > 0) ? ExitCode.FINDINGS : ExitCode.FINE;
}

function inFileOrder(findings: readonly Finding[], files: readonly string[]): readonly Finding[] {
  const places = new Map(files.map((file, index) => [file, index]));
  const placeOf = ({ file }: Finding): number => places.get(file ?? '') ?? 0;
  return [...findings].sort((a, b) => placeOf(a) - placeOf(b));
}
