import { describe, expect, it } from "vitest";
import { Api, type ApiError } from "../api.js";
import { SearchDocument } from "../generated.js";

const ASKED = { text: "meta", first: 3 };
const QUICK = { tries: 3, wait: 1, timeout: 50 };

/** An API that gives these answers in turn: a status and a body, or an error to throw. */
function api(...answers: (readonly [number, unknown] | Error | "never")[]): { api: Api; asked: string[] } {
  const asked: string[] = [];
  const send: typeof fetch = async (_, init) => {
    asked.push(String(init?.body));
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    if (!answer || answer === "never")
      return new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error)));
    return new Response(typeof answer[1] === "string" ? answer[1] : JSON.stringify(answer[1]), { status: answer[0] });
  };
  return { api: new Api("https://example.org/graphql", send, QUICK), asked };
}

const failure = (asked: Promise<unknown>): Promise<ApiError> =>
  asked.then(
    () => Promise.reject(new Error("it answered")),
    (error: ApiError) => error,
  );

describe("the API", () => {
  it("answers, and remembers", async () => {
    const { api: one, asked } = api([200, { data: { search: [] } }]);
    expect(await one.ask(SearchDocument, ASKED)).toEqual({ search: [] });
    await one.ask(SearchDocument, ASKED);
    expect(asked).toHaveLength(1);
    expect(JSON.parse(asked[0] ?? "")).toMatchObject({ variables: ASKED });
  });

  it("shows no signs that turn the direction of a name", async () => {
    const turned = { search: [{ matched: "Acme \u202egpj.exe\u2066" }] };
    expect(await api([200, { data: turned }]).api.ask(SearchDocument, ASKED)).toEqual({ search: [{ matched: "Acme \ufffdgpj.exe\ufffd" }] });
  });

  it("is asked again where that can help", async () => {
    const { api: one, asked } = api(new TypeError("offline"), [502, "<html>"], [200, { data: { search: [] } }]);
    expect(await one.ask(SearchDocument, ASKED)).toEqual({ search: [] });
    expect(asked).toHaveLength(3);
  });

  it("is not asked again what it refused, and says why", async () => {
    const suggestions = [{ id: "entity/meta", name: "Meta", kind: "COMPANY" }];
    const { api: one, asked } = api([200, { data: null, errors: [{ message: "No entity.", extensions: { code: "UNKNOWN_ENTITY", suggestions } }] }]);
    expect(await failure(one.ask(SearchDocument, ASKED))).toMatchObject({
      code: "UNKNOWN_ENTITY",
      message: "No entity.",
      suggestions,
      passing: false,
    });
    expect(asked).toHaveLength(1);
  });

  it("gives up after some tries", async () => {
    const { api: one, asked } = api([500, "oops"]);
    expect(await failure(one.ask(SearchDocument, ASKED))).toMatchObject({ code: "SERVER", passing: true });
    expect(asked).toHaveLength(3);
  });

  it("doesn't wait for ever", async () => {
    expect(await failure(api("never").api.ask(SearchDocument, ASKED))).toMatchObject({ code: "TIMEOUT" });
  });

  it("can be called off", async () => {
    const calling = new AbortController();
    const asked = api("never").api.ask(SearchDocument, ASKED, calling.signal);
    calling.abort();
    await expect(asked).rejects.toThrow("abort");
  });
});
