/** Element types of tensors (onnx.proto3, TensorProto.DataType). */
export const ELEMENT_TYPES = { float: 1, int64: 7 } as const
