import { MnistMesh } from './lib/charts/mnist-mesh';
import { ModelMeshApp } from './lib/index';

const app = new ModelMeshApp();
new MnistMesh(app, 'mnist');
app.synth();
