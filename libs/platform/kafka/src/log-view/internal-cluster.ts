import type { Kafka } from "kafkajs";

/** A request that kafkajs does not know, and how its answer is read. */
export interface WireCall<Answer> {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    /** In the shape of kafkajs's own encoder, as far as it is looked at. */
    encode(): Promise<{ readonly buf: Buffer; readonly buffer: Buffer }>;
  };
  readonly response: {
    decode(payload: Buffer): Promise<Answer>;
    parse(answer: Answer): Promise<Answer>;
  };
}

/** What we use of the inside of kafkajs 2.2.4, which has its connections but no way to send a request of one's own. */
export interface InternalCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  /** Asks for the brokers of the cluster, too. */
  refreshMetadata(): Promise<void>;
  readonly brokerPool: {
    /** By the number of the node. */
    readonly brokers: Readonly<Record<string, object>>;
    /** Connected. */
    findBroker(place: { readonly nodeId: string }): Promise<object>;
  };
}

const creates = "private:Kafka:createCluster";
const sends = "private:Broker:sendRequest";

export function internalCluster(kafka: Kafka): InternalCluster {
  const create = privateMember<(options: object) => InternalCluster>(kafka, creates);
  return create({ allowAutoTopicCreation: false, metadataMaxAge: 60_000 });
}

export function sendTo<Answer>(broker: object, call: WireCall<Answer>): Promise<Answer> {
  return privateMember<(sent: WireCall<Answer>) => Promise<Answer>>(broker, sends).call(broker, call);
}

function privateMember<T>(owner: object, description: string): T {
  for (let at: object | null = owner; at; at = Object.getPrototypeOf(at) as object | null) {
    const symbol = Object.getOwnPropertySymbols(at).find((one) => one.description === description);
    if (symbol) return (owner as Record<symbol, T>)[symbol] as T;
  }
  throw new Error(`kafkajs has no ${description} any more; it is another version than 2.2.4.`);
}
