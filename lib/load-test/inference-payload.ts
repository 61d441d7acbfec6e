import { dnsSubdomainProblem } from '../values/kubernetes-name';
import { collectProblems, quote } from '../values/problems';
import { elementsOf, generatedPayload, type PayloadInput } from './generated-payload';
import { TensorDatatype } from './tensor-datatype';

/** What a ConfigMap takes, 1 MiB; a generated element is two bytes at least. */
export const MAX_CONFIG_MAP_BYTES = 1_048_576;
const MAX_ELEMENTS = MAX_CONFIG_MAP_BYTES / 2;

const DATATYPES: readonly string[] = Object.values(TensorDatatype);

/** A key of a ConfigMap that somebody else makes. */
export interface ExistingPayload {
  readonly configMapName: string;
  readonly key: string;
}

/**
 * The body of an inference request: the message ModelInferRequest in the JSON form of protocol buffers, as the gateway's transcoder takes it.
 */
export class InferencePayload {
  /**
   * Inputs of these names, shapes and datatypes, with values that are the same in every synth: 0 to 15 over and over for whole numbers,
   * sixteenths of that for others.
   *
   * @param inputs the inputs of the model
   */
  public static generated(inputs: PayloadInput[]): InferencePayload {
    const own = inputs.map((input) => ({ ...input, shape: [...input.shape] }));
    const problems = inputsProblems(own);
    return new InferencePayload(problems, problems.length > 0 ? undefined : JSON.stringify(generatedPayload(own)), undefined, own);
  }

  /**
   * A body that is written out, such as the text of a file.
   *
   * @param body `{"inputs": [{"name": ..., "shape": [...], "datatype": ..., "contents": {...}}]}`, without the model's name: the path says it
   */
  public static json(body: string): InferencePayload {
    return new InferencePayload(bodyProblems(body), body);
  }

  /**
   * A body in a ConfigMap that is made elsewhere, in the namespace of the Job. It is not looked at here.
   *
   * @param configMapName name of the ConfigMap
   * @param key its key that holds the body
   */
  public static fromConfigMap(configMapName: string, key: string): InferencePayload {
    const problems = collectProblems(
      dnsSubdomainProblem('ConfigMap of a payload', configMapName),
      /^[-._a-zA-Z0-9]{1,253}$/.test(key)
        ? undefined
        : `key ${quote(key)} of ConfigMap ${quote(configMapName)} is not valid: use letters, digits, '-', '_' and '.', at most 253`,
    );
    return new InferencePayload(problems, undefined, { configMapName, key });
  }

  private constructor(
    private readonly problems: readonly string[],
    /** The text, as far as it is known here. @internal */
    public readonly _body: string | undefined,
    /** Where the text is, if it is not known here. @internal */
    public readonly _existing?: ExistingPayload,
    /** What it is generated from. @internal */
    public readonly _inputs?: PayloadInput[],
  ) {}

  /** @param what whose payload it is, as errors name it @internal */
  public _problems(what: string): string[] {
    return this.problems.map((problem) => `payload of ${what}: ${problem}`);
  }
}

function inputsProblems(inputs: readonly PayloadInput[]): string[] {
  if (inputs.length === 0) return ['there are no inputs: name at least one'];
  const names = inputs.map(({ name }) => name);
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  const problems = [
    ...twice.map((name) => `input ${quote(name)} is there twice: name each once`),
    ...inputs.flatMap(({ name, shape, datatype }) =>
      collectProblems(
        name === '' ? 'an input has no name: give the one of the metadata of the model' : undefined,
        shape.length > 0 && shape.every((size) => Number.isInteger(size) && size >= 1)
          ? undefined
          : `shape ${quote(shape)} of input ${quote(name)} is not valid: use whole numbers from 1, at least one; 1 where the metadata say -1`,
        DATATYPES.includes(datatype)
          ? undefined
          : `datatype ${quote(datatype)} of input ${quote(name)} is not known: use ${DATATYPES.join(', ')}`,
      ),
    ),
  ];
  if (problems.length > 0) return problems;
  const elements = inputs.reduce((sum, { shape }) => sum + elementsOf(shape), 0);
  return elements <= MAX_ELEMENTS
    ? []
    : [
        `it has ${elements} elements, and a ConfigMap holds ${MAX_ELEMENTS} at most: use smaller shapes, or a run from outside with cdk8s-modelmesh loadtest`,
      ];
}

/** What is wrong with a body that somebody wrote. The transcoder drops what it does not know without a word, so this is said here. */
function bodyProblems(text: string): string[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return [`it is no JSON: ${(error as Error).message}`];
  }
  if (!isFields(body)) return [`it is ${quote(body)}: write an object with 'inputs'`];
  const { inputs } = body;
  const named = ['model_name', 'modelName'].filter((key) => key in body);
  return [
    ...named.map((key) => `${quote(key)} is in it, and ModelMesh believes the body more than the path: leave it out`),
    ...(Array.isArray(inputs) && inputs.length > 0 ? [] : [`'inputs' is ${quote(inputs)}: write a list with at least one input`]),
    ...(Array.isArray(inputs) ? inputs : [])
      .filter((input) => isFields(input) && 'data' in input)
      .map(
        (input) =>
          `input ${quote((input as Fields)['name'])} has its values in 'data', which the gateway drops: put them into 'contents', e.g. {"fp32_contents": [0]}`,
      ),
  ];
}

interface Fields {
  readonly [key: string]: unknown;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
