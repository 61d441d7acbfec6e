import { quote } from '../values/problems';

/** A cluster that Argo CD applies to. */
export class ArgoCdDestination {
  /** The cluster that Argo CD itself runs in. */
  public static inCluster(): ArgoCdDestination {
    return new ArgoCdDestination('https://kubernetes.default.svc', undefined);
  }

  /**
   * A cluster by the URL of its API.
   *
   * @throws Error when the URL is not one of https
   */
  public static server(url: string): ArgoCdDestination {
    if (!/^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(url)) {
      throw new Error(`server ${quote(url)} of an Argo CD destination is not valid: write it as 'https://HOST'`);
    }
    return new ArgoCdDestination(url, undefined);
  }

  /**
   * A cluster by its name in Argo CD.
   *
   * @throws Error when the name is empty or holds white space
   */
  public static clusterName(name: string): ArgoCdDestination {
    if (typeof name !== 'string' || !/^[^\s*]+$/.test(name)) {
      throw new Error(
        `cluster name ${quote(name)} of an Argo CD destination is not valid: use the name that Argo CD lists, without white space`,
      );
    }
    return new ArgoCdDestination(undefined, name);
  }

  private constructor(
    /** URL of the cluster's API, if it is given by URL. */
    public readonly url: string | undefined,
    /** Name of the cluster, if it is given by name. */
    public readonly name: string | undefined,
  ) {}

  /** @internal */
  public _spec(): { readonly server?: string; readonly name?: string } {
    return this.url === undefined ? { name: this.name } : { server: this.url };
  }
}
