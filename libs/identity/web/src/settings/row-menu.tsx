"use client";

import { describeError } from "@runweir/web-trpc-client";
import { ConfirmDialog, IconButton, Menu, MenuItem, MenuSeparator, useToast } from "@runweir/web-ui";
import { Ellipsis } from "lucide-react";
import { Fragment, useState } from "react";

export interface RowAct {
  readonly label: string;
  readonly act: () => Promise<unknown> | undefined;
  /** What it does, asked first; such acts stand apart, after the others. */
  readonly confirm?: {
    readonly title: string;
    readonly description: string;
    /** Nothing is lost by it. */
    readonly isHarmless?: true;
  };
}

/** What can be done with one row. What fails is said, where nobody had to confirm it by a toast. */
export function RowMenu({ name, acts }: { readonly name: string; readonly acts: readonly RowAct[] }) {
  const toast = useToast();
  const [asking, setAsking] = useState<RowAct>();
  const [isOpen, setOpen] = useState(false);
  const choose = (chosen: RowAct) => {
    if (chosen.confirm !== undefined) {
      setAsking(chosen);
      setOpen(true);
      return;
    }
    chosen.act()?.catch((error: unknown) => toast({ title: describeError(error).message, tone: "bad" }));
  };
  return (
    <>
      <Menu
        label={`Actions on ${name}`}
        trigger={
          <IconButton label={`Actions on ${name}`} icon={<Ellipsis aria-hidden className="size-4" />} />
        }
      >
        {acts.map((one, place) => (
          <Fragment key={one.label}>
            {isDangerous(one) && place > 0 && !isDangerous(acts[place - 1]) && <MenuSeparator />}
            <MenuItem danger={isDangerous(one)} onSelect={() => choose(one)}>
              {one.label}
            </MenuItem>
          </Fragment>
        ))}
      </Menu>
      {/* It keeps its words while it fades away. */}
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={asking?.confirm?.title ?? ""}
        description={asking?.confirm?.description ?? ""}
        confirmLabel={asking?.label ?? ""}
        danger={isDangerous(asking)}
        describeError={describeError}
        onConfirm={async () => asking?.act()}
      />
    </>
  );
}

function isDangerous(act: RowAct | undefined): boolean {
  return act?.confirm !== undefined && !act.confirm.isHarmless;
}
