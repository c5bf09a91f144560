export { Badge, type Tone } from "./badge.tsx";
export { Button, type ButtonProps, IconButton, type IconButtonProps } from "./button.tsx";
export { Card, CardFooter, CardHeader, Detail, DetailList } from "./card.tsx";
export { Checkbox, Switch } from "./checkbox.tsx";
export { classNames } from "./class-names.ts";
export { CodeSnippet } from "./code-snippet.tsx";
export { ConfirmDialog, type ConfirmDialogProps } from "./confirm-dialog.tsx";
export { CopyButton } from "./copy-button.tsx";
export { copyText } from "./copy-text.ts";
export { Dialog, type DialogProps } from "./dialog.tsx";
export { EmptyState } from "./empty-state.tsx";
export { ErrorState, type Problem } from "./error-state.tsx";
export { Field } from "./field.tsx";
export {
  formatBytes,
  formatCompact,
  formatCount,
  formatFull,
  formatNumber,
  formatTick,
  fromWireNumber,
  type WireNumber,
} from "./format-number.ts";
export { formatAgo, formatDate, formatDuration, formatInstant } from "./format-time.ts";
export { type Hotkey, useHotkey, useHotkeys } from "./hotkeys.ts";
export {
  Input,
  type InputProps,
  SearchInput,
  type SearchInputProps,
  Textarea,
  type TextareaProps,
} from "./input.tsx";
export { Kbd } from "./kbd.tsx";
export { keep, readKept } from "./kept-text.ts";
export { type Column, ColumnHeads, ListTable } from "./list-table.tsx";
export { Markdown } from "./markdown.tsx";
export {
  Menu,
  MenuCheckboxItem,
  MenuItem,
  MenuLabel,
  MenuLink,
  MenuRadioGroup,
  MenuSeparator,
} from "./menu.tsx";
export { NumberCell } from "./number-cell.tsx";
export { type Crumb, PageHeader } from "./page-header.tsx";
export { Popover } from "./popover.tsx";
export { Progress } from "./progress.tsx";
export { randomId } from "./random-id.ts";
export { Duration, RelativeTime } from "./relative-time.tsx";
export { runColor, runColorCount, runColorSlot, runColorSlots } from "./run-color.ts";
export { RunDot } from "./run-dot.tsx";
export { SegmentedControl } from "./segmented-control.tsx";
export { Select, type SelectOption, type SelectProps } from "./select.tsx";
export { showKeys } from "./show-keys.ts";
export { ShowMore } from "./show-more.tsx";
export { Skeleton, SkeletonRows } from "./skeleton.tsx";
export { Slider } from "./slider.tsx";
export { Status, type StatusKind, StatusMark, statusKindOf } from "./status.tsx";
export {
  Cell,
  type CellProps,
  HeadCell,
  type HeadCellProps,
  Table,
  TableBody,
  TableHead,
  TableRow,
  type TableRowProps,
  TableScroll,
} from "./table.tsx";
export { Tab, TabList, TabPanel, Tabs } from "./tabs.tsx";
export {
  setThemeMode,
  type Theme,
  type ThemeMode,
  themeScript,
  useTheme,
  useThemeMode,
} from "./theme-mode.ts";
export { ThemeSwitch } from "./theme-switch.tsx";
export { type ToastInput, ToastProvider, useToast } from "./toast.tsx";
export { Tooltip, TooltipProvider } from "./tooltip.tsx";
export { UiProvider } from "./ui-provider.tsx";
export { useDocumentTitle } from "./use-document-title.ts";
export { useFocusReturn } from "./use-focus-return.ts";
export { useHydrated } from "./use-hydrated.ts";
export { useKeyNames } from "./use-key-names.ts";
export { useListKeys } from "./use-list-keys.ts";
export { useNow } from "./use-now.ts";
export { useOrigin } from "./use-origin.ts";
export { usePageVisible } from "./use-page-visible.ts";
