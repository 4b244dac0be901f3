/** Header of a request, and variable of the store's process, that hold the key without which the tables answer nobody. */
export const storeKeyHeader = "x-store-key";
export const storeKeyVariable = "TABLE_STORE_KEY";
