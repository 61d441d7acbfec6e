import { portProblem } from './number-range';
import { quote, throwProblems, collectProblems } from './problems';

/**
 * Where a serving runtime listens for ModelMesh: a TCP port or a Unix domain socket.
 *
 * ModelMesh takes any text that does not begin with `port:` for a socket path, so a typo would go unnoticed; here it cannot be written.
 *
 * Source: `controllers/modelmesh/endpoint.go` of kserve/modelmesh-serving.
 */
export class RuntimeEndpoint {
  /**
   * A TCP port of the pod.
   *
   * @throws Error when the port is not a whole number from 1 to 65535
   */
  public static port(port: number): RuntimeEndpoint {
    throwProblems(
      'serving runtime endpoint',
      collectProblems(port === undefined ? 'port is missing: use a whole number from 1 to 65535' : portProblem('port', port)),
    );
    return new RuntimeEndpoint(`port:${port}`, port, undefined);
  }

  /**
   * A Unix domain socket in a volume that ModelMesh shares with the runtime.
   *
   * @param path absolute path of the socket
   * @throws Error when the path is not absolute, is a folder, or holds white space
   */
  public static unixSocket(path: string): RuntimeEndpoint {
    if (typeof path !== 'string' || !/^\/([^\s/]+\/)+[^\s/]+$/.test(path) || /\/\.\.?(\/|$)/.test(path)) {
      throw new Error(
        `serving runtime endpoint: socket path ${quote(path)} is not valid: use an absolute path of a file in a folder, such as '/sockets/runtime.sock'`,
      );
    }
    return new RuntimeEndpoint(`unix:${path}`, undefined, path);
  }

  private constructor(
    private readonly text: string,
    /** The port, or undefined for a socket. */
    public readonly portNumber: number | undefined,
    /** The socket's path, or undefined for a port. */
    public readonly socketPath: string | undefined,
  ) {}

  /** The endpoint as ModelMesh reads it: `port:8085` or `unix:/sockets/runtime.sock`. */
  public toString(): string {
    return this.text;
  }
}
