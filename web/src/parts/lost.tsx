// What a page shows when its link opens nothing.
import { useSite } from "../site/data";

export function Lost({ why }: { why: "noLink" | "notFound" }) {
  const { shared, paths } = useSite();
  return (
    <>
      <h1>{shared.lost.title}</h1>
      <p class="lead">{shared.lost[why]}</p>
      <p><a class="button" href={paths.send}>{shared.lost.again}</a></p>
    </>
  );
}
