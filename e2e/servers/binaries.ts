import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { debianBinary } from './debian-package';
import { buildGoTool } from './go-tool';
import { settings } from './settings';

interface Program {
  /** Its name on PATH and in KUBEBUILDER_ASSETS. */
  command: string;
  /** Debian's package, the program in it, and the packages that it needs files of. */
  debian?: { package: string; file: string; companions: string[] };
  /** The folder under e2e/tools/ that `go build` makes it from. */
  tool: string;
  /** How a person gets it. */
  remedy: string;
}

const PROGRAMS = {
  etcd: {
    command: 'etcd',
    debian: { package: 'etcd-server', file: 'usr/bin/etcd', companions: [] },
    tool: 'etcd',
    remedy: "apt-get install etcd-server, or the assets of controller-runtime's setup-envtest in KUBEBUILDER_ASSETS",
  },
  'kube-apiserver': {
    command: 'kube-apiserver',
    tool: 'kube-apiserver',
    remedy: "the assets of controller-runtime's setup-envtest in KUBEBUILDER_ASSETS, or Go 1.26 with access to a module proxy",
  },
  redis: {
    command: 'redis-server',
    debian: { package: 'redis-server', file: 'usr/bin/redis-server', companions: ['redis-tools', 'libjemalloc2', 'liblzf1'] },
    tool: 'redis',
    remedy: 'apt-get install redis-server',
  },
  argocd: {
    // Not Argo CD's command line tool, which is called argocd: the program of its container image.
    command: 'argocd-application-controller',
    tool: 'argocd',
    remedy:
      "argocd-application-controller and the other links to one program, as in Argo CD's image, or Go 1.26 with access to a module proxy",
  },
  'modelmesh-controller': {
    command: 'modelmesh-controller',
    tool: 'modelmesh-controller',
    remedy: 'Go 1.26 with access to a module proxy',
  },
} satisfies Record<string, Program>;

export type ProgramName = keyof typeof PROGRAMS;

/** A program that can be started. */
export interface Binary {
  name: ProgramName;
  /** Where it came from, for a person. */
  source: string;
  file: string;
  env: Record<string, string>;
}

export class MissingPrograms extends Error {}

/** Finds each program or builds it, in the order of E2E_BINARIES_FROM. What it took is said on standard error. */
export function prepareBinaries(names: readonly ProgramName[]): Record<string, Binary> {
  const missing: string[] = [];
  const found = names.flatMap((name) => {
    const failures: string[] = [];
    for (const source of settings.sources) {
      try {
        const binary = from(source, name);
        if (binary !== undefined) return [[name, binary] as const];
      } catch (error) {
        failures.push(`${source}: ${(error as Error).message}`);
      }
    }
    const { command, remedy } = PROGRAMS[name];
    missing.push([`${command} is missing. Get it by: ${remedy}.`, ...failures].join('\n    '));
    return [];
  });
  if (missing.length > 0)
    throw new MissingPrograms(
      `programs for the end-to-end suites are missing (E2E=optional skips those suites):\n  ${missing.join('\n  ')}`,
    );
  return Object.fromEntries(found);
}

function from(source: string, name: ProgramName): Binary | undefined {
  const program: Program = PROGRAMS[name];
  switch (source) {
    case 'path': {
      const folders = [process.env['KUBEBUILDER_ASSETS'], ...(process.env['PATH'] ?? '').split(path.delimiter)];
      const file = folders.flatMap((folder) => (folder ? path.join(folder, program.command) : [])).find(isExecutable);
      return file === undefined ? undefined : { name, source: 'found', file, env: {} };
    }
    case 'debian': {
      const unpacked = program.debian && debianBinary(program.debian);
      return unpacked && { name, source: `Debian's ${program.debian!.package}`, ...unpacked };
    }
    case 'go':
      return { name, source: 'built with Go', file: buildGoTool(program.tool), env: {} };
    default:
      throw new Error(`E2E_BINARIES_FROM names an unknown source '${source}'; use path, debian, go`);
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
