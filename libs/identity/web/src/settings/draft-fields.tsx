import { Field, Input } from "@runweir/web-ui";
import { readText } from "../account/read-text.ts";

export const readDraft = (form: FormData) => ({
  name: readText(form, "name").trim(),
  description: readText(form, "description").trim(),
});

/** Of what has a name and a description. */
export function DraftFields({
  hint,
  draft,
}: {
  readonly hint?: string;
  readonly draft?: { readonly name: string; readonly description: string };
}) {
  return (
    <>
      <Field label="Name" hint={hint}>
        {(ids) => <Input {...ids} name="name" required defaultValue={draft?.name} />}
      </Field>
      <Field label="Description">
        {(ids) => <Input {...ids} name="description" defaultValue={draft?.description} />}
      </Field>
    </>
  );
}
