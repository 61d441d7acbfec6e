// The baseline: one plain Node process that loads cdk8s and synthesizes the objects that are given as JSON.
'use strict';
const fs = require('node:fs');
const { ApiObject, App, Chart, YamlOutputType } = require('cdk8s');

const [objectsFile, outdir] = process.argv.slice(2);
const app = new App({ outdir, yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
const chart = new Chart(app, 'plain');
JSON.parse(fs.readFileSync(objectsFile, 'utf8')).forEach((object, index) => new ApiObject(chart, `object-${index}`, object));
app.synth();
