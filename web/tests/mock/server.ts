// Serves the built site with the production headers, the mock API on the same origin, and a storage on another one, as
// in production: so the CSP and CORS are those that people will meet.
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { Mock } from "./api.ts";
import { pagePng } from "./png.ts";

const ROOT = join(import.meta.dirname, "../..");
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
};

/** About what a CDN spends on packing while it answers. */
const CDN = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

export interface Running {
  readonly site: string;
  readonly uploads: string;
  readonly mock: Mock;
  close(): Promise<void>;
}

interface Headers {
  readonly always: Readonly<Record<string, string>>;
  readonly cache: Readonly<Record<string, string>>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function listen(handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>, port = 0): Promise<Server> {
  const server = createServer((request, response) => void handler(request, response).catch(() => response.writeHead(500).end()));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

export async function startMock(port = 0): Promise<Running> {
  const mock = new Mock();
  const headers = JSON.parse(await readFile(join(ROOT, "headers.json"), "utf8")) as Headers;
  const storage = await listen((request, response) => store(mock, request, response));
  const site = await listen((request, response) => serve(mock, headers, request, response), port);
  mock.uploadOrigin = addressOf(storage);
  mock.siteOrigin = addressOf(site);
  return {
    site: mock.siteOrigin,
    uploads: mock.uploadOrigin,
    mock,
    close: async () => {
      for (const server of [site, storage]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

async function store(mock: Mock, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader("Access-Control-Allow-Origin", mock.siteOrigin);
  if (request.method === "OPTIONS") return void response.writeHead(204).end();
  if (request.method === "POST") {
    const form = (await bodyOf(request)).toString("latin1");
    const document = /uploads\/[a-z2-7]+\/([a-z2-7]{16})/.exec(form)?.[1] ?? "";
    const name = /filename="([^"]*)"/.exec(form)?.[1] ?? "";
    mock.uploaded(document, name);
    return void response.writeHead(204).end();
  }
  const [, page, turn] = /^\/page\/(\d+)\/(\d+)/.exec(request.url ?? "") ?? [];
  response.writeHead(200, { "Content-Type": "image/png" }).end(pagePng(Number(page ?? 0), Number(turn ?? 0)));
}

async function serve(mock: Mock, headers: Headers, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = decodeURIComponent(new URL(request.url ?? "/", mock.siteOrigin).pathname);
  if (path.startsWith("/mock/pay/")) return pay(mock, path, request, response);
  for (const [name, value] of Object.entries(headers.always)) response.setHeader(name, value.replace("{upload_origin}", mock.uploadOrigin));
  if (path.startsWith("/api/")) {
    const text = (await bodyOf(request)).toString("utf8");
    const reply = mock.answer(request.method ?? "GET", path, request.headers.authorization, text === "" ? undefined : JSON.parse(text));
    response.writeHead(reply.status, { "Content-Type": reply.status < 400 ? "application/json" : "application/problem+json", "Cache-Control": "no-store" });
    return void response.end(JSON.stringify(reply.body));
  }
  await file(headers, path, /\bbr\b/.test(request.headers["accept-encoding"] ?? ""), response);
}

async function file(headers: Headers, path: string, packed: boolean, response: ServerResponse): Promise<void> {
  const wanted = normalize(path.endsWith("/") ? `${path}index.html` : path);
  const cache = headers.cache[path.startsWith("/assets/") ? "/assets/" : "/"] ?? "no-store";
  const found = await readFile(join(ROOT, "dist", wanted)).catch(() => null);
  const body = found ?? (await readFile(join(ROOT, "dist/404.html")).catch(() => Buffer.from("not found")));
  const type = found === null ? "text/html; charset=utf-8" : (TYPES[extname(wanted)] ?? "application/octet-stream");
  response.writeHead(found === null ? 404 : 200, { "Content-Type": type, "Cache-Control": cache, Vary: "Accept-Encoding", ...(packed ? { "Content-Encoding": "br" } : {}) });
  response.end(packed ? brotliCompressSync(body, CDN) : body);
}

// Like the sandbox's payment page: three buttons, and back to the addresses without the secret.
async function pay(mock: Mock, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, job = "", how] = /^\/mock\/pay\/([^/]+)(?:\/(pay|decline|abandon))?$/.exec(path) ?? [];
  if (request.method !== "POST" || how === undefined) {
    const form = (name: string) => `<form method="post" action="/mock/pay/${job}/${name}"><button>${name}</button></form>`;
    response.writeHead(200, { "Content-Type": "text/html" });
    return void response.end(`<!doctype html><title>Payment</title><h1>Payment</h1>${["pay", "decline", "abandon"].map(form).join("")}`);
  }
  const view = mock.paid(job, how as "pay");
  const german = view?.language === "de";
  const target = how === "pay" ? (german ? "/de/status/" : "/en/status/") : german ? "/de/bestellen/" : "/en/order/";
  response.writeHead(303, { Location: how === "decline" ? `/mock/pay/${job}` : `${target}#${job}` }).end();
}
