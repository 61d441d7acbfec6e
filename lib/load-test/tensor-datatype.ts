/**
 * Datatypes of a tensor.
 *
 * Source: the open inference protocol, version 2 (`specification/protocol/inference_grpc.md` of kserve/open-inference-protocol); BF16 is an
 * addition of Triton's.
 */
export enum TensorDatatype {
  BOOL = 'BOOL',
  UINT8 = 'UINT8',
  UINT16 = 'UINT16',
  UINT32 = 'UINT32',
  UINT64 = 'UINT64',
  INT8 = 'INT8',
  INT16 = 'INT16',
  INT32 = 'INT32',
  INT64 = 'INT64',
  /** Has no list of its own in the protocol: a payload with it is sent as `raw_input_contents`. */
  FP16 = 'FP16',
  FP32 = 'FP32',
  FP64 = 'FP64',
  /** Has no list of its own in the protocol: a payload with it is sent as `raw_input_contents`. */
  BF16 = 'BF16',
  BYTES = 'BYTES',
}
