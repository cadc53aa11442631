// Files of a folder by their ending; Node 20 has no glob of its own.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export { existsSync, readFileSync };

/** Paths of all files below `folder` that end so, relative to it, sorted. */
export function globSync(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
