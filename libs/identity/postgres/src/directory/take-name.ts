import { DomainError } from "@runweir/errors";
import { isTaken } from "@runweir/postgres";

/** Says whose name it is where a unique one is taken. */
export async function takeName<T>(what: string, name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new DomainError("already_exists", `There is a ${what} of the name '${name}' already.`, {
      field: "name",
      cause: error,
    });
  }
}
