import { askServer } from "../ask-server.ts";
import { type Command, readWords } from "../command.ts";
import { refused } from "../refused.ts";
import { isMoveAction, moveModels, moveUsage } from "./move-models.ts";
import { describeRequest, exitCodeOf, type Reached, readRequest } from "./review-request.ts";
import { waitForRequest } from "./wait-for-request.ts";

export const modelCommand: Command = {
  name: "model",
  summary:
    "promote a version by a request and wait for it; move aliases and stages of many models, and undo it",
  usage: `runweir model promote NAME VERSION --to TARGET [--title TEXT] [--body TEXT] [--reviewer NAME]... [--wait]
runweir model status REQUEST
runweir model wait REQUEST [--for approved|applied] [--apply] [--timeout SECONDS]
${moveUsage}

Of requests:

  --to TARGET        an alias with @ (@champion), or a stage (Production)
  --reviewer NAME    whom to ask besides those that the policy names: a user, a service account or a group
  --wait             as \`model wait\` does, after the request was opened
  --for approved     wait until it can be applied
  --for applied      wait until it was (the default)
  --apply            apply it as soon as it can be
  --timeout SECONDS  give up then (3600)

Of both:

  --json             how it stands, for programs
  --data FOLDER      the data folder of a running Runweir (RUNWEIR_HOME, ./.runweir); RUNWEIR_URL names another server

Exit codes: 0 it has come that far (\`status\`: it was applied, or can be), 2 it was rejected, closed or taken back, or a required
check has failed, 3 it still waits for somebody, 1 that could not be found out. Of moves: 0 all moved, 2 but for some that were left
out or had moved since, 3 nothing has moved yet or it is paused.`,

  async run(words) {
    if (isMoveAction(words[0])) return moveModels(words);
    const { values, positionals } = readWords(words, {
      to: { type: "string" },
      title: { type: "string" },
      body: { type: "string" },
      reviewer: { type: "string", multiple: true, default: [] },
      wait: { type: "boolean", default: false },
      for: { type: "string", default: "applied" },
      apply: { type: "boolean", default: false },
      timeout: { type: "string", default: "3600" },
      json: { type: "boolean", default: false },
      data: { type: "string" },
    });
    const [action, ...rest] = positionals;
    const ask = askServer(values.data);
    const say = (request: ReturnType<typeof readRequest>) =>
      console.log(values.json ? JSON.stringify(request) : describeRequest(request));
    const until = readUntil(values.for);
    const waiting = { until, apply: values.apply, seconds: readSeconds(values.timeout) };
    const wait = async (id: number) => {
      const { request, code } = await waitForRequest(ask, id, {
        ...waiting,
        show: (text) => console.error(text),
      });
      say(request);
      return code;
    };

    if (action === "promote") {
      const [model, version, ...more] = rest;
      if (model === undefined || version === undefined || more.length > 0 || !/^\d+$/.test(version))
        throw refused("model promote", JSON.stringify(rest.join(" ")), "the name of a model and a version");
      if (values.to === undefined) throw refused("--to", "nothing", "an alias like @champion, or a stage");
      const { title, body, reviewer: reviewers } = values;
      const opened = readRequest(
        await ask("/api/reviews", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ model, version, target: values.to, title, body, reviewers }),
        }),
      );
      if (values.wait) {
        console.error(`Request ${opened.id} is open.`);
        return wait(opened.id);
      }
      say(opened);
      return 0;
    }
    const [id, ...more] = rest;
    if (
      (action !== "status" && action !== "wait") ||
      id === undefined ||
      more.length > 0 ||
      !/^\d+$/.test(id)
    )
      throw refused(
        "model",
        JSON.stringify(positionals.join(" ")),
        "promote NAME VERSION, status REQUEST, wait REQUEST, move, undo MOVE, pause MOVE, resume MOVE and moves",
      );
    if (action === "wait") return wait(Number(id));
    const request = readRequest(await ask(`/api/reviews/${id}`));
    say(request);
    return exitCodeOf(request, "approved");
  },
};

function readUntil(word: string): Reached {
  if (word === "approved" || word === "applied") return word;
  throw refused("--for", JSON.stringify(word), "approved and applied");
}

function readSeconds(word: string): number {
  if (/^\d{1,7}$/.test(word)) return Number(word);
  throw refused("--timeout", JSON.stringify(word), "a whole number of seconds");
}
