// What the definitions of ModelMesh take of core/v1 volumes. Field names and types are those of the Kubernetes API.
import { FIELD_REFERENCE, NAME_REFERENCE, RESOURCES, RESOURCE_REFERENCE } from './container-shapes';
import { LABEL_SELECTOR } from './placement-shapes';
import { fields, listOf, mapOf, same } from './shape';

const READ_ONLY = { readOnly: 'boolean' } as const;
const KEYS = listOf(fields({ ...same('string', 'key!', 'path!'), mode: 'int32' }));
const DOWNWARD = listOf(fields({ 'path!': 'string', mode: 'int32', fieldRef: FIELD_REFERENCE, resourceFieldRef: RESOURCE_REFERENCE }));
const PROJECTED_KEYS = fields({ items: KEYS, name: 'string', optional: 'boolean' });
const CLAIM_SPEC = fields({
  accessModes: listOf('string'),
  dataSource: fields(same('string', 'apiGroup', 'kind!', 'name!')),
  dataSourceRef: fields(same('string', 'apiGroup', 'kind!', 'name!', 'namespace')),
  resources: RESOURCES,
  selector: LABEL_SELECTOR,
  ...same('string', 'storageClassName', 'volumeMode', 'volumeName'),
});

/** The sources that a volume may have. */
const VOLUME_SOURCES = {
  awsElasticBlockStore: fields({ ...READ_ONLY, ...same('string', 'fsType', 'volumeID!'), partition: 'int32' }),
  azureDisk: fields({ ...READ_ONLY, ...same('string', 'cachingMode', 'diskName!', 'diskURI!', 'fsType', 'kind') }),
  azureFile: fields({ ...READ_ONLY, ...same('string', 'secretName!', 'shareName!') }),
  cephfs: fields({
    ...READ_ONLY,
    ...same('string', 'path', 'secretFile', 'user'),
    'monitors!': listOf('string'),
    secretRef: NAME_REFERENCE,
  }),
  cinder: fields({ ...READ_ONLY, ...same('string', 'fsType', 'volumeID!'), secretRef: NAME_REFERENCE }),
  configMap: fields({ defaultMode: 'int32', items: KEYS, name: 'string', optional: 'boolean' }),
  csi: fields({
    ...READ_ONLY,
    ...same('string', 'driver!', 'fsType'),
    nodePublishSecretRef: NAME_REFERENCE,
    volumeAttributes: mapOf('string'),
  }),
  downwardAPI: fields({ defaultMode: 'int32', items: DOWNWARD }),
  emptyDir: fields({ medium: 'string', sizeLimit: 'quantity' }),
  ephemeral: fields({ volumeClaimTemplate: fields({ metadata: fields({}), 'spec!': CLAIM_SPEC }) }),
  fc: fields({ ...READ_ONLY, fsType: 'string', lun: 'int32', ...same(listOf('string'), 'targetWWNs', 'wwids') }),
  flexVolume: fields({ ...READ_ONLY, ...same('string', 'driver!', 'fsType'), options: mapOf('string'), secretRef: NAME_REFERENCE }),
  flocker: fields(same('string', 'datasetName', 'datasetUUID')),
  gcePersistentDisk: fields({ ...READ_ONLY, ...same('string', 'fsType', 'pdName!'), partition: 'int32' }),
  gitRepo: fields(same('string', 'directory', 'repository!', 'revision')),
  glusterfs: fields({ ...READ_ONLY, ...same('string', 'endpoints!', 'path!') }),
  hostPath: fields(same('string', 'path!', 'type')),
  iscsi: fields({
    ...READ_ONLY,
    ...same('boolean', 'chapAuthDiscovery', 'chapAuthSession'),
    ...same('string', 'fsType', 'initiatorName', 'iqn!', 'iscsiInterface', 'targetPortal!'),
    'lun!': 'int32',
    portals: listOf('string'),
    secretRef: NAME_REFERENCE,
  }),
  nfs: fields({ ...READ_ONLY, ...same('string', 'path!', 'server!') }),
  persistentVolumeClaim: fields({ ...READ_ONLY, 'claimName!': 'string' }),
  photonPersistentDisk: fields(same('string', 'fsType', 'pdID!')),
  portworxVolume: fields({ ...READ_ONLY, ...same('string', 'fsType', 'volumeID!') }),
  projected: fields({
    defaultMode: 'int32',
    sources: listOf(
      fields({
        ...same(PROJECTED_KEYS, 'configMap', 'secret'),
        downwardAPI: fields({ items: DOWNWARD }),
        serviceAccountToken: fields({ ...same('string', 'audience', 'path!'), expirationSeconds: 'int64' }),
      }),
    ),
  }),
  quobyte: fields({ ...READ_ONLY, ...same('string', 'group', 'registry!', 'tenant', 'user', 'volume!') }),
  rbd: fields({
    ...READ_ONLY,
    ...same('string', 'fsType', 'image!', 'keyring', 'pool', 'user'),
    'monitors!': listOf('string'),
    secretRef: NAME_REFERENCE,
  }),
  scaleIO: fields({
    ...READ_ONLY,
    ...same('string', 'fsType', 'gateway!', 'protectionDomain', 'storageMode', 'storagePool', 'system!', 'volumeName'),
    'secretRef!': NAME_REFERENCE,
    sslEnabled: 'boolean',
  }),
  secret: fields({ defaultMode: 'int32', items: KEYS, optional: 'boolean', secretName: 'string' }),
  storageos: fields({ ...READ_ONLY, ...same('string', 'fsType', 'volumeName', 'volumeNamespace'), secretRef: NAME_REFERENCE }),
  vsphereVolume: fields(same('string', 'fsType', 'storagePolicyID', 'storagePolicyName', 'volumePath!')),
};

export const VOLUMES = listOf(fields({ 'name!': 'string', ...VOLUME_SOURCES }));
