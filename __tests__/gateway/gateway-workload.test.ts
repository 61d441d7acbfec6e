import { gatewayListener, gatewayListenerProblems } from '../../lib/gateway/gateway-workload';

describe('the pods of a gateway', () => {
  it('are those of the ingress gateway by default, part by part', () => {
    expect(gatewayListener(undefined, 8008)).toEqual({
      namespace: 'istio-system',
      workloadLabels: { istio: 'ingressgateway' },
      port: 8008,
    });
    expect(gatewayListener({ labels: { app: 'g' } }, 80)).toEqual({ namespace: 'istio-system', workloadLabels: { app: 'g' }, port: 80 });
    expect(gatewayListener({ namespace: 'ingress' }, 80)).toEqual({
      namespace: 'ingress',
      workloadLabels: { istio: 'ingressgateway' },
      port: 80,
    });
  });

  it('must be told apart from all others', () => {
    expect(gatewayListenerProblems(gatewayListener({ labels: {} }, 8008))).toEqual([
      'labels of the gateway workload are empty, which would select every pod: name those of the gateway',
    ]);
  });

  it('have a namespace and labels that Kubernetes takes', () => {
    expect(gatewayListenerProblems(gatewayListener({ namespace: 'A', labels: { a: 'b c' } }, 8008))).toEqual([
      "namespace of the gateway workload 'A' is not valid: use lower-case letters, digits and '-', begin and end with a letter or digit",
      "value of label of the gateway workload 'a' 'b c' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    ]);
  });
});
