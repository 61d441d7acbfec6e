/** The input of every JSON request. */
export const INPUT = { inputs: [{ name: 'predict', shape: [1, 1], datatype: 'FP32', contents: { fp32_contents: [0] } }] };
