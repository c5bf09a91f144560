import { Message, MetadataVersion } from "apache-arrow";
import type { FormatLimits } from "../format-limits.ts";
import { malformedBody, tooLarge } from "../refusals.ts";
import type { ByteSource } from "./byte-source.ts";
import { FlatbufferVerifier } from "./flatbuffer-verifier.ts";
import { messageShape } from "./message-shapes.ts";

/** The metadata of one message of an IPC stream, verified, and the length of the body that follows it. */
export type ArrowMessage = Message;

const continuation = 0xffffffff;

/** The next message's metadata; undefined at the end of the stream, marked or not. */
export async function readMessage(
  source: ByteSource,
  limits: FormatLimits,
): Promise<ArrowMessage | undefined> {
  const prefix = await source.read(8);
  if (prefix === undefined) return undefined;
  const view = new DataView(prefix.buffer);
  if (view.getUint32(0, true) !== continuation)
    throw malformedBody("it is not an Arrow IPC stream (format version 0.15 or newer)");
  const length = view.getInt32(4, true);
  if (length === 0) return undefined;
  if (length < 0) throw malformedBody("an Arrow message has a negative length");
  if (length > limits.arrowMetadataBytes)
    throw tooLarge("The metadata of an Arrow message", limits.arrowMetadataBytes);
  const metadata = await source.read(length);
  if (metadata === undefined) throw malformedBody("it ends within an Arrow message");
  return decodeMessage(metadata, limits);
}

/** Throws `invalid_argument` for whatever is not a message that may be trusted within its own bytes. */
export function decodeMessage(metadata: Uint8Array, limits: FormatLimits): ArrowMessage {
  new FlatbufferVerifier(metadata).verifyRoot(messageShape);
  const message = trusting(() => Message.decode(metadata));
  const { bodyLength, version } = message;
  if (version !== MetadataVersion.V5 && version !== MetadataVersion.V4)
    throw malformedBody("it is written in a version of Arrow's format before 1.0");
  if (bodyLength < 0) throw malformedBody("the body of an Arrow message has a negative length");
  if (bodyLength > limits.arrowBodyBytes)
    throw tooLarge("The body of an Arrow message", limits.arrowBodyBytes);
  return message;
}

/** What the library throws of its own accord is the fault of the bytes. */
export function trusting<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw malformedBody("an Arrow message cannot be decoded", error);
  }
}
