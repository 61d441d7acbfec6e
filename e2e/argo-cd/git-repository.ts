import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../servers/run-command';

/** A Git repository on this machine, for Argo CD to sync from. */
export class GitRepository {
  public readonly url: string;

  public constructor(public readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.git('init', '--quiet', '--initial-branch=main');
    this.url = `file://${folder}`;
  }

  /** Takes a file or a folder in, as it is. */
  public copy(from: string, to: string): this {
    cpSync(from, path.join(this.folder, to), { recursive: true });
    return this;
  }

  public read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  public write(file: string, content: string): this {
    mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
    writeFileSync(path.join(this.folder, file), content);
    return this;
  }

  public remove(file: string): this {
    rmSync(path.join(this.folder, file), { recursive: true });
    return this;
  }

  /** Commits everything and returns the revision. */
  public commit(message: string): string {
    this.git('add', '--all');
    this.git('-c', 'user.name=e2e', '-c', 'user.email=e2e@localhost', 'commit', '--quiet', '--message', message);
    return this.git('rev-parse', 'HEAD').trim();
  }

  private git(...args: string[]): string {
    // Without the person's own settings, which may sign commits or run hooks.
    return run('git', args, { cwd: this.folder, env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' } });
  }
}
