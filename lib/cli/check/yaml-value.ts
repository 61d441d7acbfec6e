import { isAlias, isMap, isScalar, isSeq, type Document, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { fieldText, isFields } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { plainScalar } from './plain-scalar';
import { ALIASES, INVALID_YAML, type ReadingRule, REPEATED_KEY } from '../../checks/reading-rules';

/** What is wrong with a document. */
export interface YamlProblem {
  readonly rule: ReadingRule;
  readonly message: string;
  readonly offset: number;
}

/** What a document holds. */
export interface YamlValue {
  /** As kubectl takes it. @default - it cannot be taken */
  readonly value?: unknown;
  readonly problems: readonly YamlProblem[];
}

/** A problem after which there is no value. */
class Unreadable extends Error {
  public constructor(public readonly problem: YamlProblem) {
    super(problem.message);
  }
}

/** A value with the number of nodes that it is written out as. */
interface Sized {
  readonly value: unknown;
  readonly nodes: number;
  /** How many of them come from aliases. */
  readonly aliased: number;
}

/** The value of a document without syntax errors, read as kubectl does: see `plainScalar`; the last one of equal keys counts. */
export function yamlValue(document: Document): YamlValue {
  const reader = new ValueReader();
  try {
    const { value, nodes, aliased } = reader.read(document.contents, []);
    if (aliased > 100 && nodes > 1000 && aliased / nodes > allowedRatio(nodes)) throw new Unreadable(reader.tooMany());
    return { value, problems: reader.problems };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { problems: [error.problem] };
  }
}

/** More values than this cannot come from aliases, whatever the size of the document: see `allowedRatio`. */
const MAX_ALIASED = 1_200_000;

// What go-yaml allows: nearly all of a small document, a tenth of a large one.
function allowedRatio(nodes: number): number {
  if (nodes <= 400_000) return 0.99;
  return nodes >= 4_000_000 ? 0.1 : 0.99 - 0.89 * ((nodes - 400_000) / 3_600_000);
}

/** The text of a map's key as JSON has it; undefined for what cannot be one. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  const value = scalarValue(key);
  return value === null || value === undefined ? undefined : String(value);
}

/** Whether a key merges another map into its own. */
export function isMerge(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN' && key.tag === undefined;
}

const STANDARD_TAG = 'tag:yaml.org,2002:';

function scalarValue({ value, type, tag }: Scalar): unknown {
  const text = typeof value === 'string' ? value : value === null || value === undefined ? '' : String(value);
  if (tag === undefined) return type === 'PLAIN' || type === undefined ? plainScalar(text) : text;
  if (!tag.startsWith(STANDARD_TAG)) return text;
  switch (tag.slice(STANDARD_TAG.length)) {
    case 'int':
    case 'float':
    case 'bool':
    case 'null':
      return plainScalar(text);
    case 'binary':
      return Buffer.from(text, 'base64').toString();
    default:
      return text;
  }
}

class ValueReader {
  public readonly problems: YamlProblem[] = [];
  private firstAlias: number | undefined;
  private aliased = 0;
  // Those that are being read have no value yet.
  private readonly anchors = new Map<string, Sized | undefined>();

  public read(node: unknown, path: readonly (string | number)[]): Sized {
    if (isAlias(node)) return this.alias(node.source, offsetOf(node));
    const anchor = (node as { readonly anchor?: string } | null)?.anchor;
    if (anchor !== undefined) this.anchors.set(anchor, undefined);
    const sized = this.unnamed(node, path);
    if (anchor !== undefined) this.anchors.set(anchor, sized);
    return sized;
  }

  /** The problem of a document that is short, and long when its aliases are written out. */
  public tooMany(): YamlProblem {
    const message = 'the aliases of the document stand for too many values: kubectl refuses it as an attack; write out what they stand for';
    return { rule: ALIASES, message, offset: this.firstAlias ?? 0 };
  }

  private unnamed(node: unknown, path: readonly (string | number)[]): Sized {
    if (isMap(node)) return this.map(node, path);
    if (isSeq(node)) {
      const items = node.items.map((item, index) => this.read(item, [...path, index]));
      return sized(
        items.map(({ value }) => value),
        items,
      );
    }
    const value = isScalar(node) ? scalarValue(node) : null;
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.fail(
        INVALID_YAML,
        `${fieldText(path)} is ${String((node as Scalar).value)}: JSON has no such number; write another, or quote it`,
        node,
      );
    }
    return { value, nodes: 1, aliased: 0 };
  }

  private alias(name: string, offset: number): Sized {
    this.firstAlias ??= offset;
    const found = this.anchors.get(name);
    if (found !== undefined) {
      this.aliased += found.nodes;
      if (this.aliased > MAX_ALIASED) throw new Unreadable(this.tooMany());
      return { value: found.value, nodes: found.nodes + 1, aliased: found.nodes };
    }
    const message = this.anchors.has(name)
      ? `the anchor ${quote(`&${name}`)} holds an alias of itself: it has no end; remove the alias`
      : `the alias ${quote(`*${name}`)} has no anchor before it: define ${quote(`&${name}`)} first, or quote the text if it is none`;
    throw new Unreadable({ rule: ALIASES, message, offset });
  }

  private map(node: YAMLMap, path: readonly (string | number)[]): Sized {
    const fields = new Map<string, unknown>();
    const written = new Set<string>();
    const children: Sized[] = [];
    for (const pair of node.items) {
      if (isMerge(pair.key)) {
        const merged = this.read(pair.value, path);
        for (const [key, value] of this.mergedFields(merged.value, path, pair.key)) fields.set(key, value);
        children.push(merged);
        continue;
      }
      const key = this.key(pair, path);
      const child = this.read(pair.value, [...path, key]);
      if (written.has(key)) this.repeated(pair, [...path, key]);
      written.add(key);
      fields.set(key, child.value);
      children.push(child);
    }
    return sized(Object.fromEntries(fields), children);
  }

  /** What `<<` puts in: over what stands before it, unlike in the YAML specification, and of several maps the first one counts. */
  private mergedFields(value: unknown, path: readonly (string | number)[], node: unknown): [string, unknown][] {
    const sources = Array.isArray(value) ? [...(value as unknown[])].reverse() : [value];
    return sources.flatMap((source) => {
      if (isFields(source)) return Object.entries(source);
      return this.fail(INVALID_YAML, `${fieldText([...path, '<<'])} is no map: only maps can be merged; remove it`, node);
    });
  }

  private key({ key }: Pair, path: readonly (string | number)[]): string {
    const target = isAlias(key) ? this.alias(key.source, offsetOf(key)).value : undefined;
    const text = typeof target === 'string' ? target : keyText(key);
    if (isScalar(key) && key.anchor !== undefined) this.anchors.set(key.anchor, { value: scalarValue(key), nodes: 1, aliased: 0 });
    if (text !== undefined) return text;
    const place = path.length === 0 ? 'the document' : fieldText(path);
    return this.fail(INVALID_YAML, `${place} has a key that is no text: Kubernetes knows none; quote it, or remove it`, key);
  }

  private repeated(pair: Pair, path: readonly (string | number)[]): void {
    this.problems.push({
      rule: REPEATED_KEY,
      message: `${fieldText(path)} is written twice: kubectl takes the last one, Kustomize and Flux refuse the file; remove one`,
      offset: offsetOf(pair.key),
    });
  }

  private fail(rule: ReadingRule, message: string, node: unknown): never {
    throw new Unreadable({ rule, message, offset: offsetOf(node) });
  }
}

function sized(value: unknown, children: readonly Sized[]): Sized {
  let nodes = 1;
  let aliased = 0;
  for (const child of children) {
    nodes += child.nodes;
    aliased += child.aliased;
  }
  return { value, nodes, aliased };
}

/** Where a node begins. */
export function offsetOf(node: unknown): number {
  return (node as { readonly range?: readonly number[] | null } | null | undefined)?.range?.[0] ?? 0;
}
