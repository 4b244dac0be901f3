/** The package comes without declarations; these are of what the portal uses of it (0.99.0). */
declare module "@nivo/parallel-coordinates" {
  import type { PartialTheme } from "@nivo/theming";
  import type { FunctionComponent } from "react";

  export interface ParallelDatum {
    readonly id: string;
    readonly group: string;
    readonly [value: string]: string | number;
  }

  export interface ParallelLayerContext {
    readonly computedData: readonly {
      readonly id: string;
      readonly color: string;
      readonly points: [number, number][];
    }[];
    readonly lineGenerator: (points: [number, number][]) => string | null;
  }

  interface CommonProps {
    readonly width: number;
    readonly height: number;
    readonly margin: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
    readonly data: readonly ParallelDatum[];
    readonly variables: readonly {
      readonly id: string;
      readonly value: string;
      readonly label?: string;
      readonly min: number;
      readonly max: number;
    }[];
    readonly groupBy: "group";
    readonly groups: readonly { readonly id: string; readonly label: string }[];
    readonly colors: (group: { readonly id: string }) => string;
    readonly theme: PartialTheme;
    readonly lineWidth?: number;
    readonly lineOpacity?: number;
    readonly animate?: boolean;
    readonly isInteractive?: boolean;
    readonly role?: string;
  }

  export const ParallelCoordinates: FunctionComponent<
    CommonProps & { readonly layers: readonly FunctionComponent<ParallelLayerContext>[] }
  >;
  export const ParallelCoordinatesCanvas: FunctionComponent<
    CommonProps & {
      readonly layers: readonly ("lines" | ((context: CanvasRenderingContext2D) => void))[];
    }
  >;
}
