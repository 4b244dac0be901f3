import type { PolicyStatementProps } from "aws-cdk-lib/aws-iam";

/** Text that a process finds in its environment. */
export type Variables = Readonly<Record<string, string>>;

/**
 * Leave to use a resource together with the variable that names it, so that neither can be given without the other.
 * A function or task takes one `Access`, whose variables must be all that its entry file's schema asks for.
 */
export interface Access<V extends object = object> {
  readonly variables: V;
  readonly statements: readonly PolicyStatementProps[];
}

type VariablesOf<A> = A extends readonly [Access<infer First>, ...infer Rest] ? First & VariablesOf<Rest> : unknown;

/** All of them together; the type carries every variable. */
export function allOf<const A extends readonly Access[]>(...parts: A): Access<VariablesOf<A> & object> {
  return {
    variables: Object.assign({}, ...parts.map(({ variables }) => variables)),
    statements: parts.flatMap(({ statements }) => statements),
  };
}

/** Plain values, without leave to use anything. */
export function settings<V extends Variables>(variables: V): Access<V> {
  return { variables, statements: [] };
}
