import { expect, test } from "@playwright/test";
import type { Access } from "../api/client";
import type { JobView } from "../api/types";
import { Files, type Item, MAX_BYTES } from "./files";

type End = "load" | "refuse" | "lose" | "hang";

/** A browser with an API that opens Jobs and a storage that ends each upload as told. */
class World {
  readonly calls: string[] = [];
  readonly bodies: string[] = [];
  readonly ends: End[] = [];
  items: readonly Item[] = [];
  readonly opened: Access[] = [];
  readonly uploaded: string[] = [];
  reachable = true;
  private documents = 0;

  readonly files = new Files(null, "de", {
    changed: (items) => {
      this.items = items;
    },
    opened: (access) => this.opened.push(access),
    uploaded: (document) => this.uploaded.push(document),
  });

  constructor() {
    const world = this;
    Object.assign(globalThis, {
      document: { documentElement: { lang: "de" } },
      fetch: async (path: string, { method, body }: { method: string; body?: string }) => world.answer(method, path, body),
      XMLHttpRequest: class {
        upload = {};
        status = 204;
        onload: () => void = () => {};
        onerror: () => void = () => {};
        onabort: () => void = () => {};
        open(): void {}
        abort(): void {
          this.onabort();
        }
        send(): void {
          const end = world.ends.shift() ?? "load";
          if (end === "refuse") this.status = 403;
          if (end === "lose") queueMicrotask(() => this.onerror());
          else if (end !== "hang") queueMicrotask(() => this.onload());
        }
      },
    });
  }

  private answer(method: string, path: string, body?: string): Response {
    this.calls.push(`${method} ${path}`);
    this.bodies.push(body ?? "");
    if (!this.reachable) throw new TypeError("offline");
    if (method !== "POST") return Response.json({});
    const documents = (JSON.parse(body ?? "{}") as { documents: unknown[] }).documents;
    const uploads = documents.map(() => ({ document: `document${++this.documents}`, url: "https://storage.example", fields: { key: "k" } }));
    return Response.json(path === "/api/jobs" ? { job: "j", secret: "s", uploads, kept_until: "" } : { uploads }, { status: 201 });
  }

  phases(): string[] {
    return this.items.map(({ state }) => state.phase);
  }
}

const file = (name: string, bytes = 10) => ({ name, size: bytes, type: "", slice: () => new Blob() }) as unknown as File;
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

// FormData of Node takes real Blobs only; the store does not care what it posts.
test.beforeEach(() => {
  Object.assign(globalThis, { FormData: class { append(): void {} } });
});

test("the first files open the Job and later ones are added to it", async () => {
  const world = new World();
  world.files.add([file("a"), file("b")]);
  world.files.add([file("c")]);
  await settle();
  expect(world.calls).toEqual(["POST /api/jobs", "POST /api/jobs/j/documents"]);
  expect(world.opened).toEqual([{ job: "j", secret: "s" }]);
  expect(world.phases()).toEqual(["converting", "converting", "converting"]);
  expect(world.uploaded).toEqual(["document1", "document2", "document3"]);
});

test("an empty or too large file is refused without asking anybody", async () => {
  const world = new World();
  world.files.add([file("empty", 0), file("huge", MAX_BYTES + 1)]);
  await settle();
  expect(world.calls).toEqual([]);
  expect(world.phases()).toEqual(["refused", "refused"]);
});

test("no more than two files are on their way at a time", async () => {
  const world = new World();
  world.ends.push("hang", "hang");
  world.files.add([file("a"), file("b"), file("c")]);
  await settle();
  expect(world.phases()).toEqual(["uploading", "uploading", "queued"]);
});

test("a lost connection waits and goes on by itself", async () => {
  const world = new World();
  world.ends.push("lose");
  world.files.add([file("a")]);
  await settle();
  expect(world.phases()).toEqual(["offline"]);
  world.files.retry();
  await settle();
  expect(world.phases()).toEqual(["converting"]);
});

test("files chosen without a connection are announced when it is back", async () => {
  const world = new World();
  world.reachable = false;
  world.files.add([file("a")]);
  await settle();
  expect(world.phases()).toEqual(["offline"]);
  world.reachable = true;
  world.files.retry();
  await settle();
  expect(world.phases()).toEqual(["converting"]);
});

test("an upload address that ran out is asked for again, once", async () => {
  const world = new World();
  world.ends.push("refuse", "load");
  world.files.add([file("a")]);
  await settle();
  expect(world.phases()).toEqual(["converting"]);
  expect(world.calls).toEqual(["POST /api/jobs", "DELETE /api/jobs/j/documents/document1", "POST /api/jobs/j/documents"]);
});

test("a second refusal of the storage is final", async () => {
  const world = new World();
  world.ends.push("refuse", "refuse");
  world.files.add([file("a")]);
  await settle();
  expect(world.phases()).toEqual(["failed"]);
});

test("a removed file is stopped and taken out of the Job", async () => {
  const world = new World();
  world.ends.push("hang");
  world.files.add([file("a")]);
  await settle();
  world.files.remove(world.items[0]!.key);
  await settle();
  expect(world.items).toEqual([]);
  expect(world.calls.at(-1)).toBe("DELETE /api/jobs/j/documents/document1");
});

test("a file removed while it is being announced does not stay behind", async () => {
  const world = new World();
  world.files.add([file("a"), file("b")]);
  world.files.remove(world.items[0]!.key);
  await settle();
  expect(world.items.map(({ name }) => name)).toEqual(["b"]);
  expect(world.phases()).toEqual(["converting"]);
});

test("coming back shows the documents and says which upload was cut off", async () => {
  const world = new World();
  const document = { bytes: 10, pages: 0, state: "awaited" as const };
  const view = { documents: [{ ...document, id: "x", name: "a" }, { ...document, id: "y", name: "b" }, { ...document, id: "z", name: "c", state: "prepared" as const, pages: 2 }] };
  world.files.take(view as unknown as JobView, ["x"]);
  expect(world.phases()).toEqual(["converting", "interrupted", "prepared"]);
});

test("files moved before they are announced are put in order once the API knows them", async () => {
  const world = new World();
  world.files.add([file("a"), file("b")]);
  world.files.add([file("c")]);
  world.files.move(world.items[2]?.key ?? 0, -1);
  await settle();
  expect(world.items.map(({ name }) => name)).toEqual(["a", "c", "b"]);
  expect(world.calls.at(-1)).toBe("PUT /api/jobs/j/documents");
  expect(JSON.parse(world.bodies.at(-1) ?? "")).toEqual({ order: ["document1", "document3", "document2"] });
  const before = world.calls.length;
  world.files.move(world.items[0]?.key ?? 0, -1);
  await settle();
  expect(world.calls.length, "the first file has nowhere to go").toBe(before);
});

test("a password is sent once and kept nowhere", async () => {
  const world = new World();
  world.files.add([file("a")]);
  await settle();
  expect(await world.files.unlock(world.items[0]?.key ?? 0, "opensesame")).toBe(null);
  expect(world.calls.at(-1)).toBe("PUT /api/jobs/j/documents/document1");
  expect(JSON.parse(world.bodies.at(-1) ?? "")).toEqual({ turns: [], left_out: [], photo: false, password: "opensesame" });
  expect(world.phases()).toEqual(["converting"]);
  expect(JSON.stringify(world.files)).not.toContain("opensesame");
});
