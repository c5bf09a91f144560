"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { IconButton } from "./button.tsx";
import { Menu, MenuRadioGroup } from "./menu.tsx";
import { useTheme, useThemeMode } from "./theme-mode.ts";

export function ThemeSwitch() {
  const [mode, setMode] = useThemeMode();
  const theme = useTheme();
  const Mark = mode === "system" ? Monitor : theme === "dark" ? Moon : Sun;
  return (
    <Menu label="Theme" trigger={<IconButton label="Theme" icon={<Mark aria-hidden className="size-4" />} />}>
      <MenuRadioGroup
        value={mode}
        onValueChange={setMode}
        options={[
          { value: "system", label: "Same as the system" },
          { value: "light", label: "Light" },
          { value: "dark", label: "Dark" },
        ]}
      />
    </Menu>
  );
}
