import { Component, type ErrorInfo, type ReactNode } from "react";
import { FailedPart } from "./FailedPart.tsx";

interface Props {
  readonly children: ReactNode;
  /** A change of it gives the part another chance. */
  readonly resetKey?: string;
  /** Instead of the notice with the id. */
  readonly fallback?: ReactNode;
}
interface State {
  readonly id?: string;
  readonly resetKey?: string | undefined;
}

/** Keeps a part that fails from taking the page with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = {};

  static getDerivedStateFromError(): State {
    return { id: crypto.randomUUID() };
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): State | null {
    return state.resetKey === resetKey ? null : { resetKey };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(this.state.id, error, info.componentStack);
  }

  override render(): ReactNode {
    if (this.state.id === undefined) return this.props.children;
    return this.props.fallback ?? <FailedPart id={this.state.id} />;
  }
}
