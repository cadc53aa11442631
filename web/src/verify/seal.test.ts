import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { expect, test } from "@playwright/test";
import { checkReport, type PublicKey, sha256 } from "./seal";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const KEY: PublicKey = { id: "0123456789abcdef", public_key: publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64") };
const FACTS = { job: "a", result: "delivered", recipient: "+49 30 1", began: "", ended: "", pages: 1, documents: [{ name: "ü.pdf", sha256: "00" }] };

/** A report as the service signs it, made here with other tools. */
function report(key: KeyObject = privateKey): Uint8Array<ArrayBuffer> {
  const before = '%PDF-1.7\nstream\n{"format":"justfax-report-1","signature":"';
  const after = `","key":"${KEY.id}","facts":${JSON.stringify(FACTS)}}\nendstream\n%%EOF\n`;
  const digits = sign(null, Buffer.from(`justfax-report-1\n${before}${after}`), key).toString("hex");
  return Uint8Array.from(Buffer.from(before + digits + after));
}

test("a signed report is genuine and tells its facts", async () => {
  expect(await checkReport(report(), [KEY])).toEqual({ kind: "genuine", facts: FACTS });
});

test("every changed byte is found", async () => {
  const good = report();
  for (let at = 0; at < good.length; at += 1) {
    const other = good.slice();
    other[at]! ^= 1;
    expect((await checkReport(other, [KEY])).kind, `byte ${at}`).not.toBe("genuine");
  }
});

test("what is appended, another key, and another file are told apart", async () => {
  const longer = Uint8Array.from([...report(), 10]);
  expect((await checkReport(longer, [KEY])).kind).toBe("changed");
  expect((await checkReport(report(generateKeyPairSync("ed25519").privateKey), [KEY])).kind).toBe("changed");
  expect((await checkReport(report(), [])).kind).toBe("unknownKey");
  expect((await checkReport(Uint8Array.from(Buffer.from("%PDF-1.7\n")), [KEY])).kind).toBe("notAReport");
});

test("upper-case digits of the same signature are a changed byte", async () => {
  const text = Buffer.from(report()).toString();
  const shouted = text.replace(/(signature":")([0-9a-f]{128})/, (_, before: string, digits: string) => before + digits.toUpperCase());
  expect((await checkReport(Uint8Array.from(Buffer.from(shouted)), [KEY])).kind).toBe("changed");
});

test("a hash is written as people compare it", async () => {
  expect(await sha256(Uint8Array.from(Buffer.from("abc")))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
