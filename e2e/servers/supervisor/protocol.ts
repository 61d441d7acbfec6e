/** What a test asks of the supervisor of its servers. Every request is answered once, under its id. */
export type Request = { id: number } & (
  | { do: 'start'; name: string; command: string; args: string[]; env: NodeJS.ProcessEnv; cwd: string; log: string }
  | { do: 'stop'; name: string }
  | { do: 'kill'; name: string }
  | { do: 'find-port' }
  | { do: 'relay'; socket: string; port: number }
);

export interface Answer {
  id: number;
  error?: string;
  /** The process id or the port that was asked for. */
  value?: number;
}

/** Sent unasked: the supervisor listens, or a server ended without having been told to. */
export type Event = { event: 'ready' } | { event: 'ended'; name: string; how: string };
