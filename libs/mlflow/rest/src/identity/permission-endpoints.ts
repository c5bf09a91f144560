import type { Caller, GrantTarget, Permission } from "@runweir/identity-domain";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { readId, readText } from "../wire/field-values.ts";
import { type Message, message, required } from "../wire/message.ts";
import { modelTarget, type ObjectGrants } from "./object-grants.ts";

const rest = { username: required(readText) };
const granted = { permission: required(readText) };
const ofExperiment = { experimentId: required(readId), ...rest };
const ofModel = { name: required(readText), ...rest };

/** Permissions of users on experiments and registered models, as clients of MLflow 2 manage them. */
export function permissionEndpoints(grants: ObjectGrants): readonly Endpoint[] {
  return [
    ...endpointsOf({
      kind: "experiment",
      path: "experiments/permissions",
      permission: "experiment.manage",
      named: message(ofExperiment),
      granted: message({ ...ofExperiment, ...granted }),
      targetOf: ({ experimentId }) => ({ on: "experiment", experimentId }),
      nameOf: ({ experimentId }) => ({ experiment_id: experimentId }),
    }),
    ...endpointsOf({
      kind: "registered_model",
      path: "registered-models/permissions",
      permission: "model.manage",
      named: message(ofModel),
      granted: message({ ...ofModel, ...granted }),
      targetOf: ({ name }) => modelTarget(name),
      nameOf: ({ name }, { workspace }) => ({ workspace, name }),
    }),
  ];

  function endpointsOf<Named extends { readonly username: string }>(of: {
    readonly kind: "experiment" | "registered_model";
    readonly path: string;
    readonly permission: Permission;
    readonly named: Message<Named>;
    readonly granted: Message<Named & { readonly permission: string }>;
    targetOf(input: Named): GrantTarget;
    nameOf(input: Named, caller: Caller): object;
  }): readonly Endpoint[] {
    const { kind, path, permission, targetOf } = of;
    const wire = (
      caller: Caller,
      input: Named,
      found: { readonly userId: string; readonly permission: string },
    ) => ({
      [`${kind}_permission`]: {
        ...of.nameOf(input, caller),
        user_id: found.userId,
        permission: found.permission,
      },
    });
    return [
      defineEndpoint({
        methods: ["POST"],
        path: `${path}/create`,
        permission,
        request: of.granted,
        answer: async (input, { caller }) =>
          wire(caller, input, await grants.create(caller, input.username, targetOf(input), input.permission)),
      }),
      defineEndpoint({
        methods: ["GET"],
        path: `${path}/get`,
        permission,
        request: of.named,
        answer: async (input, { caller }) =>
          wire(caller, input, await grants.find(caller, input.username, targetOf(input))),
      }),
      defineEndpoint({
        methods: ["PATCH"],
        path: `${path}/update`,
        permission,
        request: of.granted,
        answer: (input, { caller }) =>
          grants.update(caller, input.username, targetOf(input), input.permission),
      }),
      defineEndpoint({
        methods: ["DELETE"],
        path: `${path}/delete`,
        permission,
        request: of.named,
        answer: (input, { caller }) => grants.delete(caller, input.username, targetOf(input)),
      }),
    ];
  }
}
