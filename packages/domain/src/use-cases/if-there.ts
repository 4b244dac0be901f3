import { NotFoundError } from "../errors.ts";

/** The record that is asked for, undefined where there is none. */
export async function ifThere<T>(record: Promise<T>): Promise<T | undefined> {
  try {
    return await record;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
