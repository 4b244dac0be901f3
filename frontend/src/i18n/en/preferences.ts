export const preferences = {
  scheme: "Colour scheme",
  system: "As the system",
  light: "Light",
  dark: "Dark",
  density: "Density",
  comfortable: "Comfortable",
  compact: "Compact",
  chosen: "{{name}} (chosen)",
} as const;
