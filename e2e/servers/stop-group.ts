import { type ProcessIdentity, isAlive } from './process-identity';

/** Ends a process and all that it started: asks, waits, and then no longer asks. Does nothing when the process is gone. */
export async function stopGroup(leader: ProcessIdentity, patienceMillis = 15_000): Promise<void> {
  if (!isAlive(leader)) return;
  signal(leader, 'SIGTERM');
  for (const deadline = Date.now() + patienceMillis; isAlive(leader) && Date.now() < deadline;) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  // Also when the leader has ended: it may have left children.
  signal(leader, 'SIGKILL');
}

/** Ends a process and all that it started without asking. */
export async function killGroup(leader: ProcessIdentity): Promise<void> {
  if (isAlive(leader)) signal(leader, 'SIGKILL');
}

function signal({ pid }: ProcessIdentity, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
