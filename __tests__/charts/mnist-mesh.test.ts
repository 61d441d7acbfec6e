import { App } from 'cdk8s';
import { MnistMesh } from '../../lib/charts/mnist-mesh';
import { manifestsOf } from '../support/synth';

// Constructs have direct assertions beside them; a chart has this snapshot and nothing else.
it('the MNIST mesh', () => {
  expect(manifestsOf(new MnistMesh(new App({ outdir: 'unused' }), 'mnist'))).toMatchSnapshot();
});
