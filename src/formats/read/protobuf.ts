import { Reader } from 'protobufjs/minimal';

import { UnreadableFile } from './unreadable';

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/**
 * Walks through the fields of one protobuf message. Values are read by whoever knows the field; what is not read is
 * skipped. Goes into no message by itself, so nesting costs nothing.
 */
export class Fields {
  field = 0;
  private readonly reader: Reader;
  private wire = VARINT;
  private isOpen = false;

  constructor(
    bytes: Uint8Array,
    /** What the bytes are, for errors: 'The profile'. */
    private readonly subject: string
  ) {
    this.reader = Reader.create(bytes);
  }

  /** Goes to the next field; false at the end. */
  next(): boolean {
    return this.guard(() => {
      if (this.isOpen) {
        this.skip();
      }
      if (this.reader.pos >= this.reader.len) {
        return false;
      }
      const tag = this.reader.uint32();
      this.field = tag >>> 3;
      this.wire = tag & 7;
      this.isOpen = true;
      if (this.field === 0 || ![VARINT, FIXED64, BYTES, FIXED32].includes(this.wire)) {
        throw new RangeError('no such field');
      }
      return true;
    });
  }

  /** Byte at which the reading stands, in the message. */
  get position(): number {
    return this.reader.pos;
  }

  /** Whether the field is a number written in as few bytes as it needs. */
  get isNumber(): boolean {
    return this.wire === VARINT;
  }

  get length(): number {
    return this.reader.len;
  }

  /** A signed number, exact up to 2^53. */
  int(): number {
    return this.guard(() => {
      this.isOpen = false;
      if (this.wire === FIXED64) {
        return toNumber(this.reader.sfixed64());
      }
      return this.wire === VARINT ? readInt(this.reader) : this.mismatch();
    });
  }

  /** Signed numbers, packed or one by one. */
  ints(into: number[]) {
    if (this.wire !== BYTES) {
      into.push(this.int());
      return;
    }
    this.guard(() => {
      this.isOpen = false;
      const end = this.reader.uint32() + this.reader.pos;
      if (end > this.reader.len) {
        throw new RangeError('end');
      }
      while (this.reader.pos < end) {
        into.push(readInt(this.reader));
      }
    });
  }

  /** Fixed 64-bit numbers, packed or one by one. */
  fixed64s(into: number[]) {
    this.guard(() => {
      this.isOpen = false;
      if (this.wire === FIXED64) {
        into.push(toNumber(this.reader.fixed64()));
        return;
      }
      const end = this.reader.uint32() + this.reader.pos;
      while (this.reader.pos < end) {
        into.push(toNumber(this.reader.fixed64()));
      }
    });
  }

  /** A number of 64 bits as hexadecimal text, exact. */
  hex(): string {
    return this.guard(() => {
      this.isOpen = false;
      const value = this.reader.uint64() as number | { high: number; low: number };
      if (typeof value === 'number') {
        return value.toString(16);
      }
      const low = (value.low >>> 0).toString(16);
      return value.high === 0 ? low : (value.high >>> 0).toString(16) + low.padStart(8, '0');
    });
  }

  bytes(): Uint8Array {
    return this.guard(() => {
      this.isOpen = false;
      return this.wire === BYTES ? this.reader.bytes() : this.mismatch();
    });
  }

  text(): string {
    return new TextDecoder().decode(this.bytes());
  }

  message(): Fields {
    return new Fields(this.bytes(), this.subject);
  }

  private skip() {
    this.isOpen = false;
    this.reader.skipType(this.wire);
  }

  private mismatch(): never {
    throw new RangeError(`field ${this.field} has another type`);
  }

  /** What protobufjs throws says nothing to a user. */
  private guard<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof UnreadableFile) {
        throw error;
      }
      throw new UnreadableFile(
        `${this.subject} is damaged or its end is missing: field ${this.field} at byte ${this.reader.pos} cannot be read.`
      );
    }
  }
}

/** protobufjs gives 64-bit numbers as objects where there is a library for them; nearly all are short. */
function readInt(reader: Reader): number {
  const { buf, pos } = reader;
  if (buf[pos] < 128 || buf[pos + 1] < 128 || buf[pos + 2] < 128 || buf[pos + 3] < 128) {
    return reader.uint32();
  }
  return toNumber(reader.int64());
}

/** A number of 64 bits as protobufjs reads it: in two halves, of which the upper has the sign. */
function toNumber(value: number | { readonly low: number; readonly high: number }): number {
  return typeof value === 'number' ? value : value.high * 2 ** 32 + (value.low >>> 0);
}
