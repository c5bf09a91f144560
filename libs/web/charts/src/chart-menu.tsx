"use client";

import { IconButton, Menu, MenuItem, MenuSeparator } from "@runweir/web-ui";
import { ChartLine as ChartMark, Download, Ellipsis, Image, Table2, ZoomOut } from "lucide-react";
import type { ReactNode } from "react";

const mark = "size-3.5 text-ink-3";

/** What can be done with a chart. `children` are further items of the page. */
export function ChartMenu({
  title,
  asTable,
  onAsTableChange,
  onSaveCsv,
  onSavePng,
  onResetZoom,
  children,
}: {
  readonly title: string;
  readonly asTable: boolean;
  readonly onAsTableChange: (asTable: boolean) => void;
  readonly onSaveCsv: () => void;
  readonly onSavePng: (() => void) | undefined;
  readonly onResetZoom: (() => void) | undefined;
  readonly children?: ReactNode;
}) {
  return (
    <Menu
      label={`${title}: actions`}
      trigger={
        <IconButton
          label={`Actions for ${title}`}
          className="-mr-1.5"
          icon={<Ellipsis aria-hidden className="size-4" />}
        />
      }
    >
      <MenuItem
        icon={asTable ? <ChartMark aria-hidden className={mark} /> : <Table2 aria-hidden className={mark} />}
        onSelect={() => onAsTableChange(!asTable)}
      >
        {asTable ? "Show as chart" : "Show as table"}
      </MenuItem>
      <MenuItem icon={<Download aria-hidden className={mark} />} onSelect={onSaveCsv}>
        Download CSV
      </MenuItem>
      {onSavePng && (
        <MenuItem icon={<Image aria-hidden className={mark} />} onSelect={onSavePng}>
          Download PNG
        </MenuItem>
      )}
      {onResetZoom && (
        <MenuItem icon={<ZoomOut aria-hidden className={mark} />} hint="Esc" onSelect={onResetZoom}>
          Reset zoom
        </MenuItem>
      )}
      {children !== undefined && <MenuSeparator />}
      {children}
    </Menu>
  );
}
