export { ChartFrame, type ChartFrameProps } from "../charts/ChartFrame.tsx";
