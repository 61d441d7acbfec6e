// What of the checks cannot be compared with a controller that has no nodes to run pods on.

type Reasons = Readonly<Record<string, string>>;

/** What becomes of these errors shows in running pods only: no answer of the API server and no line of the controller tells of them. */
export const INVISIBLE: Reasons = {
  MM105: 'the mesh container waits for a socket',
  MM109: 'all but one of the containers are missing from the Deployment',
  MM114: 'a container cannot listen',
  MM116: 'the mesh container waits for the model server',
  MM122: 'the mesh container does not start',
  MM124: 'the adapter waits for the model server',
  MM125: 'the adapter does not start, or loads nothing',
  MM126: 'the mesh container does not start',
  MM127: 'the mesh container does not start',
  MM149: 'the adapter does not find the model server',
  MM237: "KServe's webhook is not installed",
  MM238: 'the puller fails',
  MM301: 'pods wait for the Secret',
  MM304: 'what is mounted depends on chance',
  MM306: 'loading fails',
  MM308: 'loading fails',
  MM312: 'loading fails',
  MM313: 'loading fails',
  MM314: 'loading fails',
  MM315: 'loading fails',
  MM316: 'loading fails',
  MM317: 'loading fails',
  MM318: 'loading fails',
  MM319: 'loading fails',
  MM320: 'loading fails',
  MM321: 'loading fails',
  MM322: 'loading fails',
  MM326: 'loading fails',
  MM328: 'loading fails',
  MM332: 'loading fails',
  MM334: 'pods wait for the claim',
  MM339: 'pods wait for the claim',
  MM348: 'pods wait for the claim',
  MM341: 'all works, but others read the credential',
  MM406: 'the Service is deleted when the namespace changes or the controller starts again',
  MM425: 'no pods is what the Deployment asks for',
  MM430: 'pods are not made without the ServiceAccount',
};

/** Errors of several kinds, some of which show in running pods only. */
export const PARTLY_VISIBLE: Reasons = {
  MM102: 'of ports out of range and of odd sockets a Deployment is made',
  MM143: 'labels that no model can have are no error by themselves',
  MM333: 'pods wait for the claim; only of one that a model names the controller speaks',
  MM336: 'a claim can take the place of a volume without a word',
  MM415: 'some numbers are cut off, or refused by the mesh container',
  MM429: 'some ports are taken by containers only',
};

/** Warnings about what may not work, or may be meant so. */
export const MAY_BE_MEANT: Reasons = {
  MM121: 'the runtime is switched off',
  MM179: 'it depends on what the controller sees first',
  MM181: 'only a server-side apply refuses it',
  MM203: 'the model is for KServe',
  MM220: 'the error is told of the runtime',
  MM403: 'the controller may be in the namespace',
};

/** Pages whose examples are not applied. */
export const NOT_ASKED: Reasons = {
  MM404: 'the controller serves all namespaces here',
  MM423: 'the controller can panic when it changes to another etcd at run time',
  MM432: 'the examples hold no real certificate',
  MM433: 'the examples hold no real certificate',
  MM434: 'the examples hold no real certificate',
  MM435: 'the examples hold no real certificate',
  MM440: 'the controller reads it when it starts',
  MM443: 'the controller reads it when it starts',
  MM444: 'the controller reads it when it starts',
  MM445: 'the examples hold no real certificate',
  MM446: 'pods do not find etcd',
  MM449: 'the controller reads it when it starts',
};

/** Right examples that need more than they show. */
export const INCOMPLETE: Reasons = {
  'MM110 right 1': 'the Secret holds no real certificate',
  'MM179 right 1': 'Argo CD keeps the order',
  'MM203 right 2': 'the model is for KServe',
  'MM216 right 2': 'the runtime is made elsewhere',
  'MM427 right 1': 'the Secret holds no real certificate',
  'MM431 right 1': 'the Secret holds no real certificate',
};
