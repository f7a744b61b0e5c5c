/** A story: a sequence of views with captions, small enough for a link, or kept in a JSON file. */

export interface Step {
  readonly caption: string;
  /** The query string of a view. */
  readonly view: string;
}

export interface Story {
  readonly title: string;
  readonly steps: readonly Step[];
}

const MOST_STEPS = 50;
const MOST_TEXT = 2000;

/** The story in a value that came from elsewhere, or an error that says what is wrong with it. */
export function readStory(value: unknown): Story {
  if (typeof value !== "object" || value === null) throw new Error("A story is an object with a title and steps.");
  const { title, steps } = value as { title?: unknown; steps?: unknown };
  if (!Array.isArray(steps) || steps.length > MOST_STEPS) throw new Error(`A story has steps, ${MOST_STEPS} at most.`);
  return { title: text(title, "title"), steps: steps.map(readStep) };
}

function readStep(value: unknown, place: number): Step {
  const { caption, view } = (typeof value === "object" && value !== null ? value : {}) as { caption?: unknown; view?: unknown };
  return { caption: text(caption, `caption of step ${place + 1}`), view: text(view, `view of step ${place + 1}`) };
}

function text(value: unknown, name: string): string {
  if (typeof value !== "string" || value.length > MOST_TEXT) throw new Error(`The ${name} must be a text of at most ${MOST_TEXT} characters.`);
  return value;
}

/** A story as one word for a link (base64url of its JSON), and back; null for what is none. */
export function packStory(story: Story): string {
  const bytes = new TextEncoder().encode(JSON.stringify([story.title, ...story.steps.map((step) => [step.caption, step.view])]));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

export function unpackStory(word: string): Story | null {
  try {
    const bytes = Uint8Array.from(atob(word.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    const [title, ...steps] = JSON.parse(new TextDecoder().decode(bytes)) as [unknown, ...unknown[]];
    return readStory({ title, steps: steps.map((step) => (Array.isArray(step) ? { caption: step[0], view: step[1] } : step)) });
  } catch {
    return null;
  }
}

/** The same story with a step added, changed (null: removed) or moved. */
export function withStep(story: Story | null, step: Step): Story {
  return { title: story?.title ?? "", steps: [...(story?.steps ?? []), step].slice(0, MOST_STEPS) };
}

export function replaced(story: Story, place: number, step: Step | null): Story {
  return { ...story, steps: story.steps.flatMap((each, index) => (index === place ? (step ? [step] : []) : [each])) };
}

export function moved(story: Story, place: number, by: number): Story {
  const steps = [...story.steps];
  const [step] = steps.splice(place, 1);
  if (step) steps.splice(Math.max(0, place + by), 0, step);
  return { ...story, steps };
}
