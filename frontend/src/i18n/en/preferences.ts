export const preferences = {
  scheme: "Colour scheme",
  system: "As the system",
  light: "Light",
  dark: "Dark",
  density: "Density",
  comfortable: "Comfortable",
  compact: "Compact",
  all: "All settings",
  chosen: "{{name}} (chosen)",
} as const;
