/** What a container that the controller adds to runtime pods requests and is limited to, unless the configuration says otherwise. */
export interface ShippedResource {
  /** The setting, e.g. `restProxy.resources`. */
  readonly field: string;
  readonly unit: 'cpu' | 'memory';
  readonly request: string;
  readonly limit: string;
}

/** Source: `config/default/config-defaults.yaml` of kserve/modelmesh-serving. */
export const SHIPPED_RESOURCES: readonly ShippedResource[] = [
  { field: 'modelMeshResources', unit: 'cpu', request: '300m', limit: '3' },
  { field: 'modelMeshResources', unit: 'memory', request: '448Mi', limit: '448Mi' },
  { field: 'restProxy.resources', unit: 'cpu', request: '50m', limit: '1' },
  { field: 'restProxy.resources', unit: 'memory', request: '96Mi', limit: '512Mi' },
  { field: 'storageHelperResources', unit: 'cpu', request: '50m', limit: '2' },
  { field: 'storageHelperResources', unit: 'memory', request: '96Mi', limit: '512Mi' },
];
