/** What `--help` says. */
export const USAGE = `usage: cdk8s-modelmesh check [options] FILE|DIR...   finds known mistakes in Kubernetes manifests
       cdk8s-modelmesh rule CODE                    explains a rule, e.g. MM101

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
  --version                 prints the version
  --help                    prints this

Exit code: 0 no errors, 1 errors (or warnings with --strict), 2 the command was not understood or a path does not exist.
`;
