/**
 * The label by which ModelMesh's controller knows the Services that it made. Any other Service that carries the key in its metadata is deleted;
 * a selector may use it.
 *
 * Source: `controllers/service_controller.go` of kserve/modelmesh-serving.
 */
export const SERVICE_LABEL = 'modelmesh-service';

/** The ports at which every runtime pod listens already: between the pods, for probes and for the end of the pod. */
export const MESH_PORTS: readonly number[] = [8080, 8089, 8090];
