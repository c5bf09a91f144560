/** What a log takes records through. One that has failed may have lost count of what it sent, and is not used again. */
export interface RecordSender<Message> {
  /** Resolves with the offset that the first of these records got in each partition; they lie one behind the other. */
  send(messages: readonly Message[]): Promise<ReadonlyMap<number, number>>;
  close(): Promise<void>;
}

export interface GroupAppenderOptions<Message> {
  readonly connect: () => Promise<RecordSender<Message>>;
  readonly partitionOf: (message: Message) => number;
  /** Bytes of one send; a larger record goes alone. */
  readonly groupBytes: number;
  /** Rejects when the work takes too long; whatever it still does is not heard of. */
  readonly inTime: <T>(work: Promise<T>) => Promise<T>;
  /** What the senders of records are told of a failure. */
  readonly refusal: (error: unknown) => Error;
  readonly onTrouble?: ((message: string, error: unknown) => void) | undefined;
}

export interface GroupAppender<Message> {
  /** Resolves with the record's offset once the log has it. After a rejection the log may have it or not. */
  append(message: Message, bytes: number): Promise<number>;
  close(): Promise<void>;
}

interface Waiting<Message> {
  readonly message: Message;
  readonly bytes: number;
  resolve(offset: number): void;
  reject(error: unknown): void;
}

const recordsPerSend = 2_000;

/** Appends records in groups: while one send is under way, later records wait and then go together. */
export function createGroupAppender<Message>(options: GroupAppenderOptions<Message>): GroupAppender<Message> {
  const queue: Waiting<Message>[] = [];
  let sender: Promise<RecordSender<Message>> | undefined;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (queue.length > 0) await send(takeGroup());
    running = undefined;
  }

  function takeGroup(): readonly Waiting<Message>[] {
    let bytes = 0;
    let count = 0;
    while (count < queue.length && count < recordsPerSend) {
      bytes += (queue[count] as Waiting<Message>).bytes;
      if (count > 0 && bytes > options.groupBytes) break;
      count += 1;
    }
    return queue.splice(0, count);
  }

  /** Never rejects: every record of the group gets its own answer. */
  async function send(group: readonly Waiting<Message>[]): Promise<void> {
    try {
      sender ??= options.connect();
      const sent = sender.then((connected) => connected.send(group.map((waiting) => waiting.message)));
      answer(group, await options.inTime(sent));
    } catch (error) {
      replaceSender();
      options.onTrouble?.("Metrics could not be appended to the log.", error);
      for (const waiting of group) waiting.reject(options.refusal(error));
    }
  }

  function answer(group: readonly Waiting<Message>[], first: ReadonlyMap<number, number>): void {
    const next = new Map(first);
    for (const waiting of group) {
      const partition = options.partitionOf(waiting.message);
      const offset = next.get(partition);
      if (offset === undefined || !(offset >= 0))
        throw new Error(`the broker did not say where partition ${partition} took the records`);
      next.set(partition, offset + 1);
      waiting.resolve(offset);
    }
  }

  /**
   * A failed send may have reached the log after all. A sender that then gave its sequence numbers to the next records
   * would have those taken for a repetition: dropped, and yet acknowledged. A new sender has a new identity.
   */
  function replaceSender(): void {
    const old = sender;
    sender = undefined;
    old?.then((connected) => connected.close()).catch(() => {});
  }

  return {
    append: (message, bytes) =>
      new Promise((resolve, reject) => {
        queue.push({ message, bytes, resolve, reject });
        // In a microtask, so that requests of the same tick share the first send.
        running ??= Promise.resolve().then(run);
      }),

    async close() {
      await running;
      const connected = await sender?.catch(() => undefined);
      await connected?.close().catch(() => {});
    },
  };
}
