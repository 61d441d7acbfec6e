import { settings } from './settings';
import { MissingPrograms, prepareBinaries } from './binaries';
import { cleanLeftovers } from './leftovers';
import { findNetwork } from './network-namespace';
import { handOver } from './prepared';
import { bundleSupervisor } from './supervisor/bundle';

/** Runs once before the suites that start servers: programs are found or built, and what a killed run left behind is ended. */
export default async function globalSetup(): Promise<void> {
  const leftovers = await cleanLeftovers();
  if (leftovers > 0) say(`ended ${leftovers} servers of a run that was killed`);
  const supervisor = bundleSupervisor();
  if (settings.existing) return handOver({ supervisor, binaries: {} });
  try {
    const binaries = prepareBinaries(['etcd', 'kube-apiserver', 'redis', 'argocd', 'modelmesh-controller']);
    for (const { name, source, file } of Object.values(binaries)) say(`${name}: ${source}, ${file}`);
    const { isolated, because } = findNetwork();
    say(
      isolated
        ? `network: a namespace of their own (${because})`
        : `network: this machine's loopback interface, but for a metrics port of Argo CD on all interfaces (${because})`,
    );
    handOver({ supervisor, binaries });
  } catch (error) {
    if (!(error instanceof MissingPrograms) || !settings.optional) throw error;
    say(`${error.message}\nskipped: the suites that need them`);
    handOver({ supervisor, binaries: {}, missing: error.message });
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
