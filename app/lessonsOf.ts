import type {Lesson, LessonEntry, LessonIn, Titles} from "./notebook.ts";

/**
 * The lessons in the order of their folders' names, in a language, English where there is no other. A lesson is fetched
 * when it is first opened; its title is there before.
 *
 * @param titles by the path of "NN-name/title.ts"
 * @param pages by the path of "NN-name/lesson.tsx"
 */
export function lessonsOf(
  titles: Readonly<Record<string, {readonly titles: Titles}>>,
  pages: Readonly<Record<string, () => Promise<{readonly lesson: LessonIn}>>>,
  language: string
): readonly LessonEntry[] {
  const title = new Map(Object.entries(titles).map(([path, module]) => [folderOf(path), module.titles]));
  return Object.entries(pages)
    .map(([path, page]) => {
      const id = folderOf(path);
      const words = title.get(id)!;
      return {
        id,
        title: words[language] ?? words.en,
        load: once(() => page().then(({lesson}) => lesson(language)))
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

const folderOf = (path: string): string => path.split("/").at(-2)!;

/** The same promise each time. */
function once(load: () => Promise<Lesson>): () => Promise<Lesson> {
  let known: Promise<Lesson> | null = null;
  return () => (known ??= load());
}
