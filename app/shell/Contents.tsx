import {useEffect, useState} from "react";
import type {Strings} from "../i18n/strings.ts";
import type {Cell, Lesson} from "../notebook.ts";

type Props = {
  readonly lesson: Lesson;
  /** Those in view now. */
  readonly cells: readonly Cell[];
  readonly strings: Strings["notebook"];
};

/** The sections of a lesson, the one being read marked. */
export function Contents({lesson, cells, strings}: Props) {
  const sections = cells.flatMap((cell) =>
    cell.kind === "heading"
      ? [{id: cell.id, text: cell.text}]
      : cell.kind === "predict"
        ? [{id: cell.id, text: cell.title}]
        : []
  );
  const current = useSectionInView(sections.map(({id}) => id).join(" "));
  return (
    <nav className="toc" aria-label={strings.contents}>
      <p>{lesson.title}</p>
      <ol>
        {sections.map(({id, text}) => (
          <li key={id} className={id === current ? "on" : ""}>
            <button type="button" aria-current={id === current || undefined} onClick={() => goTo(id)}>
              {text}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The address belongs to the lesson as a whole, so a section is gone to, not linked to. */
function goTo(id: string): void {
  const section = document.getElementById(id);
  if (!section) return;
  section.tabIndex = -1;
  section.focus({preventScroll: true});
  section.scrollIntoView({block: "start"});
}

/** The section being read. */
function useSectionInView(ids: string): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const look = () => {
      const sections = ids.split(" ").map((id) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        return {id, top: top ?? Infinity};
      });
      setCurrent(sectionAt(sections, innerHeight / 3));
    };
    look();
    window.addEventListener("scroll", look, {passive: true});
    return () => window.removeEventListener("scroll", look);
  }, [ids]);
  return current;
}

/** The last section whose title stands above a height of the window; above all of them, the first. */
export const sectionAt = (
  sections: readonly {readonly id: string; readonly top: number}[],
  height: number
): string | null => (sections.findLast(({top}) => top < height) ?? sections[0])?.id ?? null;
