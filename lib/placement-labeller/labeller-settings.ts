/** Name of the objects of a labeller, unless another one is chosen. */
export const LABELLER_NAME = 'placement-labeller';

/** Label with the name of a program, and its value on a labeller and its pods, by which the checks know one. */
export const APP_NAME_LABEL = 'app.kubernetes.io/name';
export const LABELLER_APP = 'placement-labeller';

/** Label with the name of one installation of a program. */
export const APP_INSTANCE_LABEL = 'app.kubernetes.io/instance';

/** The variables by which the program takes its settings, as of placement-labeller/README.md. */
export const LABELLER_VARIABLE = {
  NAMESPACE: 'PLACEMENT_LABELLER_NAMESPACE',
  IDENTITY: 'PLACEMENT_LABELLER_IDENTITY',
  SERVICE: 'PLACEMENT_LABELLER_SERVICE',
  LABEL_PREFIX: 'PLACEMENT_LABELLER_LABEL_PREFIX',
  ETCD_CONNECTION: 'PLACEMENT_LABELLER_ETCD_CONNECTION',
  LEASE: 'PLACEMENT_LABELLER_LEASE',
  STALE_AFTER_SECONDS: 'PLACEMENT_LABELLER_STALE_AFTER_SECONDS',
  BATCH_WINDOW_MILLIS: 'PLACEMENT_LABELLER_BATCH_WINDOW_MILLIS',
  PATCHES_PER_SECOND: 'PLACEMENT_LABELLER_PATCHES_PER_SECOND',
  PORT: 'PLACEMENT_LABELLER_PORT',
} as const;
