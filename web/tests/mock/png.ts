// Fax pages for the mock: 1-bit PNGs with lines that look like a letter from afar.
import { crc32, deflateSync } from "node:zlib";

const COLUMNS = 1728;
const ROWS = 2292;

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** A page as the API shows it; in a PNG of one bit 1 is white. */
export function pagePng(seed: number, turn = 0): Buffer {
  const stride = COLUMNS / 8;
  const rows = Buffer.alloc((stride + 1) * ROWS, 0xff);
  const black = (row: number, from: number, to: number) => rows.fill(0, row * (stride + 1) + 1 + from, row * (stride + 1) + 1 + to);
  for (let row = 0; row < ROWS; row++) rows[row * (stride + 1)] = 0;
  // On its side a page has bars; upside down its first line is its last.
  const place = (row: number) => (turn === 180 ? ROWS - 1 - row : row);
  for (let row = 150; row < 260; row++) black(place(row), 24, 60 + (seed % 3) * 12);
  for (let line = 0; line < 34 && turn % 180 === 0; line++) {
    const end = 150 + ((line * 37 + seed * 53) % 42);
    for (let row = 420 + line * 48; row < 440 + line * 48; row++) {
      for (let at = 24; at < end; at += 1 + ((at * 7 + line + seed) % 9)) black(place(row), at, at + 1 + ((at + line) % 4));
    }
  }
  for (let at = 24; at < 192 && turn % 180 === 90; at += 6) {
    for (let row = 420; row < 1200 + ((at * 53 + seed * 97) % 900); row++) if ((row * 7 + at) % 61 > 8) black(row, at, at + 2);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(COLUMNS, 0);
  header.writeUInt32BE(ROWS, 4);
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
