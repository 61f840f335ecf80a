import { describe, expect, test } from 'vitest';
import { ProtobufMessage } from '../../../src/speech/models/graphs/protobuf.ts';

const hex = (message: ProtobufMessage) => Buffer.from(message.toBytes()).toString('hex');

/** The examples of https://protobuf.dev/programming-guides/encoding/. */
describe('the wire format', () => {
  test.each([
    ['a whole number', new ProtobufMessage().integer(1, 150), '089601'],
    ['a text', new ProtobufMessage().text(2, 'testing'), '120774657374696e67'],
    ['a message in a message', new ProtobufMessage().message(3, new ProtobufMessage().integer(1, 150)), '1a03089601'],
    ['a number below zero', new ProtobufMessage().integer(1, -2), '08feffffffffffffffff01'],
    ['a fraction', new ProtobufMessage().float(1, 1), '0d0000803f'],
    ['a field above 15', new ProtobufMessage().integer(16, 0), '800100'],
    ['nothing', new ProtobufMessage(), ''],
  ])('of %s', (_what, message, expected) => {
    expect(hex(message)).toBe(expected);
    expect(message.byteLength).toBe(expected.length / 2);
  });
});
