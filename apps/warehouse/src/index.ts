export { readWarehouseSettings, type WarehouseSettings } from "./config.ts";
export { createWarehouse, type Warehouse } from "./create-warehouse.ts";
export { openFolders } from "./open-folders.ts";
