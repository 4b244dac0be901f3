import { type Code, signed, unsigned } from "./code.ts";

// Instructions of WebAssembly 2.0 with threads, by their names in the text format. An operand comes before its
// instruction, so `i32.add(a, b)` reads as the expression a + b.

type Unary = (operand: Code) => Code;
type Binary = (left: Code, right: Code) => Code;
type Load = (address: Code, offset?: number) => Code;
type Store = (address: Code, value: Code, offset?: number) => Code;

const unary =
  (...opcode: number[]): Unary =>
  (operand) => [operand, ...opcode];
const binary =
  (...opcode: number[]): Binary =>
  (left, right) => [left, right, ...opcode];
const load =
  (alignment: number, ...opcode: number[]): Load =>
  (address, offset = 0) => [address, ...opcode, alignment, unsigned(offset)];
const store =
  (alignment: number, ...opcode: number[]): Store =>
  (address, value, offset = 0) => [address, value, ...opcode, alignment, unsigned(offset)];

const simdUnary = (opcode: number): Unary => unary(0xfd, ...unsigned(opcode));
const simdBinary = (opcode: number): Binary => binary(0xfd, ...unsigned(opcode));

export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  load: load(2, 0x28),
  load8u: load(0, 0x2d),
  store: store(2, 0x36),
  eqz: unary(0x45),
  eq: binary(0x46),
  ne: binary(0x47),
  ltS: binary(0x48),
  ltU: binary(0x49),
  gtS: binary(0x4a),
  leU: binary(0x4d),
  geS: binary(0x4e),
  geU: binary(0x4f),
  ctz: unary(0x68),
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  or: binary(0x72),
  xor: binary(0x73),
  shl: binary(0x74),
  shrU: binary(0x76),
  wrapI64: unary(0xa7),
  truncF32S: unary(0xa8),
};

export const i64 = {
  load: load(3, 0x29),
  store: store(3, 0x37),
  ne: binary(0x52),
  add: binary(0x7c),
  sub: binary(0x7d),
  mul: binary(0x7e),
  and: binary(0x83),
  or: binary(0x84),
  shl: binary(0x86),
  shrU: binary(0x88),
  extendI32S: unary(0xac),
  extendI32U: unary(0xad),
  const: (value: number): Code => [0x42, signed(value)],
};

export const f32 = {
  const: (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)],
  load: load(2, 0x2a),
  store: store(2, 0x38),
  gt: binary(0x5e),
  le: binary(0x5f),
  abs: unary(0x8b),
  floor: unary(0x8e),
  add: binary(0x92),
  sub: binary(0x93),
  mul: binary(0x94),
  div: binary(0x95),
  min: binary(0x96),
  max: binary(0x97),
  convertI32S: unary(0xb2),
  convertI32U: unary(0xb3),
  eq: binary(0x5b),
  ge: binary(0x60),
  demoteF64: unary(0xb6),
};

export const f64 = {
  const: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  load: load(3, 0x2b),
  store: store(3, 0x39),
  gt: binary(0x64),
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  div: binary(0xa3),
  convertI32S: unary(0xb7),
  convertI32U: unary(0xb8),
  promoteF32: unary(0xbb),
};

export const v128 = {
  const: (bytes: readonly number[]): Code => [0xfd, 12, ...bytes],
  load: load(4, 0xfd, 0),
  load32Splat: load(2, 0xfd, 9),
  load64Zero: load(3, 0xfd, ...unsigned(93)),
  store: store(4, 0xfd, 11),
  and: simdBinary(78),
  or: simdBinary(80),
  xor: simdBinary(81),
  bitselect: (whereSet: Code, whereClear: Code, mask: Code): Code => [whereSet, whereClear, mask, 0xfd, 82],
  anyTrue: simdUnary(83),
};

export const i8x16 = {
  splat: simdUnary(15),
  /** The bytes of `table` at the places in `lanes`; 0 where a place is beyond 15. */
  swizzle: (table: Code, lanes: Code): Code => [table, lanes, 0xfd, 14],
  narrowI16x8U: simdBinary(102),
  sub: simdBinary(113),
};

export const i16x8 = {
  narrowI32x4S: simdBinary(133),
};

/** Byte lanes 0 to 15 of `left`, 16 to 31 of `right`. */
export function shuffle(left: Code, right: Code, lanes: readonly number[]): Code {
  return [left, right, 0xfd, 13, ...lanes];
}

export const i64x2 = {
  splat: simdUnary(18),
  extractLane: (vector: Code, lane: number): Code => [vector, 0xfd, 29, lane],
  add: simdBinary(206),
  sub: simdBinary(209),
};

export const i32x4 = {
  splat: simdUnary(17),
  extractLane: (vector: Code, lane: number): Code => [vector, 0xfd, 27, lane],
  eq: simdBinary(55),
  geS: simdBinary(63),
  neg: simdUnary(161),
  shl: simdBinary(171),
  shrU: simdBinary(173),
  add: simdBinary(174),
  sub: simdBinary(177),
  gtS: simdBinary(59),
  bitmask: simdUnary(164),
  truncSatF32x4S: simdUnary(248),
};

export const f32x4 = {
  splat: simdUnary(19),
  extractLane: (vector: Code, lane: number): Code => [vector, 0xfd, 31, lane],
  eq: simdBinary(65),
  ne: simdBinary(66),
  gt: simdBinary(68),
  le: simdBinary(69),
  floor: simdUnary(104),
  abs: simdUnary(224),
  add: simdBinary(228),
  sub: simdBinary(229),
  mul: simdBinary(230),
  div: simdBinary(231),
  max: simdBinary(233),
  pmin: simdBinary(234),
  pmax: simdBinary(235),
  convertI32x4S: simdUnary(250),
};

export const f64x2 = {
  splat: simdUnary(20),
  eq: simdBinary(71),
  add: simdBinary(240),
  sub: simdBinary(241),
  mul: simdBinary(242),
  pmin: simdBinary(246),
  pmax: simdBinary(247),
  promoteLowF32x4: simdUnary(95),
};

export const memory = {
  fill: (address: Code, byte: Code, length: Code): Code => [address, byte, length, 0xfc, 11, 0],
  copy: (to: Code, from: Code, length: Code): Code => [to, from, length, 0xfc, 10, 0, 0],
};
