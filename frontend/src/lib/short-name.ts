const longestName = 200;

/** As much of a name as the API takes. */
export const shortName = (name: string): string => name.slice(0, longestName);
