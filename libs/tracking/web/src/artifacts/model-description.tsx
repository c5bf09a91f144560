"use client";

import {
  Badge,
  Cell,
  Detail,
  DetailList,
  formatBytes,
  HeadCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from "@runweir/web-ui";
import type { ModelField, ModelFile } from "./read-model-file.ts";

export function ModelDescription({ model }: { readonly model: ModelFile }) {
  const { inputs, outputs, params } = model;
  return (
    <div className="flex flex-col gap-3 py-3">
      <DetailList>
        <Detail name="Flavors">
          <span className="flex flex-wrap gap-1">
            {model.flavors.map(({ name, version }) => (
              <Badge key={name}>
                {name}
                {version !== undefined && <span className="num text-ink-3">{version}</span>}
              </Badge>
            ))}
          </span>
        </Detail>
        {model.created !== undefined && <Detail name="Created">{model.created} UTC</Detail>}
        {model.mlflowVersion !== undefined && <Detail name="MLflow">{model.mlflowVersion}</Detail>}
        {model.python !== undefined && <Detail name="Python">{model.python}</Detail>}
        {model.sizeBytes !== undefined && <Detail name="Size">{formatBytes(model.sizeBytes)}</Detail>}
      </DetailList>
      {inputs.length + outputs.length + params.length === 0 ? (
        <p className="px-3 text-sm text-ink-3">
          No signature. Give <code>log_model</code> an <code>input_example</code>, and the model says what it
          takes.
        </p>
      ) : (
        <>
          <Fields title="Inputs" fields={inputs} />
          <Fields title="Outputs" fields={outputs} />
          <Fields title="Parameters" fields={params} />
        </>
      )}
    </div>
  );
}

function Fields({ title, fields }: { readonly title: string; readonly fields: readonly ModelField[] }) {
  if (fields.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="px-3 pb-1 text-sm font-semibold">
        {title} <span className="num font-normal text-ink-3">{fields.length}</span>
      </h3>
      <Table className="max-w-160">
        <TableHead>
          <tr>
            <HeadCell>Name</HeadCell>
            <HeadCell>Type</HeadCell>
            <HeadCell>{title === "Parameters" ? "Default" : ""}</HeadCell>
          </tr>
        </TableHead>
        <TableBody>
          {fields.map((field, index) => (
            // Signatures may leave names out or use them twice.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <TableRow key={index}>
              <Cell className="font-medium">{field.name ?? <span className="text-ink-3">unnamed</span>}</Cell>
              <Cell className="num max-w-90 truncate" title={field.type}>
                {field.type}
              </Cell>
              <Cell className="num text-ink-3">{field.default ?? (field.required ? "" : "optional")}</Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
