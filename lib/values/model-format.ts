import { quote } from './problems';

/**
 * The format of a model, e.g. `sklearn` or `onnx` version `1`.
 *
 * ModelMesh matches the formats of models and serving runtimes as strings: exact and case-sensitive, and a version is a string too
 * (`1.15` is not `1`). A model without a version is served by a runtime that lists any version of its format.
 *
 * Source: `controllers/modelmesh/model_type_labels.go` of kserve/modelmesh-serving.
 */
export class ModelFormat {
  /** scikit-learn, served by `mlserver-1.x`. */
  public static readonly SKLEARN = ModelFormat.of('sklearn');
  /** XGBoost, served by `mlserver-1.x`. */
  public static readonly XGBOOST = ModelFormat.of('xgboost');
  /** LightGBM, served by `mlserver-1.x`. */
  public static readonly LIGHTGBM = ModelFormat.of('lightgbm');
  /** TensorFlow SavedModel or GraphDef, served by `triton-2.x`. */
  public static readonly TENSORFLOW = ModelFormat.of('tensorflow');
  /** Keras, served by `triton-2.x`. */
  public static readonly KERAS = ModelFormat.of('keras');
  /** ONNX, served by `triton-2.x`; `ovms-1.x` lists it too, for models that name that runtime. */
  public static readonly ONNX = ModelFormat.of('onnx');
  /** PyTorch TorchScript, served by `triton-2.x`; it needs a schema. */
  public static readonly PYTORCH = ModelFormat.of('pytorch');
  /** TensorRT plan, served by `triton-2.x`. */
  public static readonly TENSORRT = ModelFormat.of('tensorrt');
  /** OpenVINO IR, served by `ovms-1.x`. */
  public static readonly OPENVINO_IR = ModelFormat.of('openvino_ir');
  /** PyTorch model archive (one `.mar` file), served by `torchserve-0.x`. */
  public static readonly PYTORCH_MAR = ModelFormat.of('pytorch-mar');

  /**
   * A format of any name.
   *
   * @param name the format's name, exactly as the serving runtime lists it
   * @param version the format's version; left out, any version matches
   * @throws Error when the name or version is empty, or holds white space, `,`, `|` or `:` (separators of ModelMesh's type constraints)
   */
  public static of(name: string, version?: string): ModelFormat {
    return new ModelFormat(name, version);
  }

  /** The format's name. */
  public readonly name: string;
  /** The format's version, if it has one. */
  public readonly version?: string;

  private constructor(name: string, version?: string) {
    for (const [what, value] of [
      ['name', name],
      ['version', version],
    ] as const) {
      if (what === 'version' && value === undefined) continue;
      if (typeof value !== 'string' || !/^[^\s,|:]+$/.test(value)) {
        throw new Error(
          `${what} ${quote(value)} of a model format is not valid: use at least one character, and no white space, ',', '|' or ':'`,
        );
      }
    }
    this.name = name;
    this.version = version;
  }

  /** The same format in one version, e.g. `ModelFormat.ONNX.withVersion('1')`. */
  public withVersion(version: string): ModelFormat {
    return new ModelFormat(this.name, version);
  }

  /** `name` or `name:version`. */
  public toString(): string {
    return this.version === undefined ? this.name : `${this.name}:${this.version}`;
  }
}
