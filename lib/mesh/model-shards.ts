import { ConfigMap } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { SHARD_METADATA } from '../values/placement';
import { stableShard } from '../values/stable-shard';

/**
 * The folders over which the models of a mesh are spread.
 *
 * Each holds a ConfigMap beside its models, so that it exists before its first model and after its last: an Argo CD Application whose folder
 * is gone reports an error and prunes nothing.
 */
export class ModelShards extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    private readonly count: number,
    mesh: { readonly namespace: string; readonly serviceName: string },
  ) {
    super(scope, id);
    for (let index = 0; index < count; index += 1) {
      const shard = this.label(index);
      const marker = new ConfigMap(this, shard, {
        metadata: { name: `${mesh.serviceName}-models-${shard}`, namespace: mesh.namespace },
        data: { shard: String(index) },
      });
      marker.node.addMetadata(SHARD_METADATA, shard);
    }
  }

  /** Puts a model into the folder that its name decides. */
  public place(model: Construct, modelName: string): void {
    model.node.addMetadata(SHARD_METADATA, this.label(stableShard(modelName, this.count)));
  }

  // Of the same length whatever their number is: growing from 100 to 101 must not rename the folders that are there.
  private label(index: number): string {
    return String(index).padStart(2, '0');
  }
}
