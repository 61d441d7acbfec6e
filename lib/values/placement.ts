/**
 * Where in `dist/` an object goes, as far as a construct decides it. It is kept in construct metadata and context under these keys, since the
 * constructs that decide and the synth that reads are layers apart.
 */

/** Metadata of a construct: the shard, two digits or more, in whose folder its objects go. */
export const SHARD_METADATA = 'cdk8s-modelmesh:shard';

/** Context of the app: the folders of the control plane and the data plane, when the two are apart. */
export const DESTINATION_CONTEXT = 'cdk8s-modelmesh:destination-folders';

/** Metadata of a chart whose objects tell a GitOps tool what to apply: its folder is the same however the others are split. */
export const DELIVERY_METADATA = 'cdk8s-modelmesh:delivery';

/** Metadata of a chart: the clusters that a delivery applies it to, as two texts of which equal ones mean the same cluster. */
export const CLUSTERS_METADATA = 'cdk8s-modelmesh:clusters';
