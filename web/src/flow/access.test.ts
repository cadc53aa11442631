import { expect, test } from "@playwright/test";
import { fragmentOf, readFragment } from "./access";

const job = "a2b3c4d5e6f7g2h3i4j5k6l7mn";
const secret = "AbCdEfGhIjKlMnOpQrStUvWxYz01-_23";

test("a whole private link is read and written alike", () => {
  const read = readFragment(`#${job}.${secret}`);
  expect(read).toEqual({ kind: "link", access: { job, secret }, returned: false });
  expect(fragmentOf({ job, secret })).toBe(`#${job}.${secret}`);
});

test("the address of the way back from the payment page has no secret", () => {
  expect(readFragment(`#${job}`)).toEqual({ kind: "job", job });
});

test("a link that lost its end is told from no link at all", () => {
  expect(readFragment(`#${job}.${secret.slice(0, 20)}`).kind).toBe("broken");
  expect(readFragment("#main").kind).toBe("none");
  expect(readFragment("").kind).toBe("none");
});
