import type { Construct } from 'constructs';
import { dnsSubdomainProblem } from '../values/kubernetes-name';
import type { MeshPlatform } from '../values/mesh-platform';
import { collectProblems, quote } from '../values/problems';
import { addEnvoyFilter, FilterPriority, firstFilter, lastFilter, luaFilter, nameForPort, type ObjectMarks } from './envoy-filters';
import type { GatewayListener } from './gateway-workload';
import type { JsonTranscoding } from './json-transcoding';
import { bodyScript, doorScript, INTERNAL_HEADERS } from './model-name-scripts';

/** Properties of {@link ModelNaming.checked}. */
export interface CheckedNamingProps {
  /**
   * Whether the name in the body, by which ModelMesh goes, is compared too. It costs that the gateway takes in a whole request before it passes
   * it on, up to its `bufferLimitBytes`, and that compressed gRPC messages are refused. Such callers need no header either: it is made from the
   * body. Without it a caller can name one model in the path and get the answer of another.
   *
   * With ASM's own transcoder it is not available: nobody outside can tell whether that runs before it.
   *
   * @default true, on ASM false
   */
  readonly compareBody?: boolean;
  /** Name of the EnvoyFilter that reads the path. @default 'modelmesh-model-name', with `-PORT` on ports other than 8008 */
  readonly filterName?: string;
  /** Name of the EnvoyFilter that reads the body. @default 'modelmesh-model-in-body', with `-PORT` on ports other than 8008 */
  readonly bodyFilterName?: string;
}

/** Where the gateway takes the name of a request's model from, and what it does with a request that names two. */
export class ModelNaming {
  /**
   * The path, `/v2/models/NAME`, decides: the gateway writes the name into the header by which it routes. A request is refused with status 400
   * when its header and its path or body name different models, when it names one twice, or when it names a version. The headers that steer
   * ModelMesh itself (`mm-vmodel-id` and `mm-model-id` with their binary forms, `mm-balanced`) and an endpoint picker
   * (`x-gateway-destination-endpoint`) are dropped when a caller sends them.
   *
   * It is made of Envoy's Lua filter, in the form that Istio understands from 1.15 on (Envoy 1.23).
   */
  public static checked(props: CheckedNamingProps = {}): ModelNaming {
    return new ModelNaming({ ...props });
  }

  /**
   * The caller's header decides where a request goes, and the body which model answers. A caller who names two models gets the answer of the
   * one in the body. The routes drop the headers that steer ModelMesh itself and an endpoint picker, as `checked` does.
   */
  public static asSent(): ModelNaming {
    return new ModelNaming(undefined);
  }

  private constructor(private readonly props: CheckedNamingProps | undefined) {}

  /** Whether the gateway holds whole requests. @internal */
  public _readsBody(platform: MeshPlatform): boolean {
    return this.props !== undefined && (this.props.compareBody ?? !platform.hasAsmExtensions);
  }

  /** Headers that the routes must drop, because no filter does. @internal */
  public get _headersLeft(): readonly string[] {
    return this.props === undefined ? INTERNAL_HEADERS : [];
  }

  /** @internal */
  public _problems(platform: MeshPlatform, transcoding: JsonTranscoding, modelHeader: string): string[] {
    const header = modelHeaderProblem(modelHeader);
    if (this.props === undefined) return collectProblems(header);
    const { filterName, bodyFilterName, compareBody } = this.props;
    return collectProblems(
      header,
      platform.hasIstioApi
        ? undefined
        : `checking the name of the model needs EnvoyFilter, and the platform is ${platform.name}: use ModelNaming.asSent()`,
      compareBody === true && transcoding._isOfAsm
        ? 'compareBody is true, and the transcoder of ASM may run after the comparison: leave compareBody out, or use JsonTranscoding.istio()'
        : undefined,
      filterName === undefined ? undefined : dnsSubdomainProblem('name of the filter for model names', filterName),
      bodyFilterName === undefined ? undefined : dnsSubdomainProblem('name of the filter for model names in the body', bodyFilterName),
      bodyFilterName !== undefined && !this._readsBody(platform)
        ? `bodyFilterName is ${quote(bodyFilterName)}, and there is no such filter, because compareBody is ${this.props.compareBody === false ? 'false' : `false on ${platform.name}`}: leave it out`
        : undefined,
      filterName !== undefined && filterName === bodyFilterName
        ? `filterName and bodyFilterName are both ${quote(filterName)}: use two names`
        : undefined,
    );
  }

  /** @internal */
  public _addTo(scope: Construct, platform: MeshPlatform, listener: GatewayListener, modelHeader: string, marks: ObjectMarks): void {
    if (this.props === undefined) return;
    const name = this.props.filterName ?? nameForPort('modelmesh-model-name', listener.port);
    addEnvoyFilter(scope, 'ModelName', listener, name, marks, [
      firstFilter(listener, luaFilter('modelmesh.model-name', doorScript(modelHeader))),
    ]);
    if (!this._readsBody(platform)) return;
    const bodyName = this.props.bodyFilterName ?? nameForPort('modelmesh-model-in-body', listener.port);
    const patch = lastFilter(listener, luaFilter('modelmesh.model-in-body', bodyScript(modelHeader)));
    addEnvoyFilter(scope, 'ModelInBody', listener, bodyName, marks, [patch], FilterPriority.BEHIND_TRANSCODER);
  }
}

const HEADERS_IN_USE = [...INTERNAL_HEADERS, 'content-length', 'content-type', 'host', 'te', 'transfer-encoding'];

// HTTP/2 carries lower-case names only, and Istio compares them as they are written.
function modelHeaderProblem(header: string): string | undefined {
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(header)) {
    return `modelHeader ${quote(header)} is not valid: use lower-case letters, digits and '-'`;
  }
  return HEADERS_IN_USE.includes(header) ? `modelHeader ${quote(header)} has a meaning of its own: use another, e.g. 'model'` : undefined;
}
