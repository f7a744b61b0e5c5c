/** The GraphQL API as typed calls: abortable, tried again where that can help, remembered while the page is open. */

import type { TypedDocumentString } from "./generated.js";

export interface Suggestion {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

/** What went wrong, in words; `code` is the server's, or OFFLINE, TIMEOUT or SERVER. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly code: string,
    message: string,
    readonly suggestions: readonly Suggestion[] = [],
  ) {
    super(message);
  }

  /** Could the same request succeed later? */
  get passing(): boolean {
    return ["OFFLINE", "TIMEOUT", "SERVER", "INTERNAL"].includes(this.code);
  }
}

interface Reply {
  readonly data?: unknown;
  readonly errors?: readonly { message: string; extensions?: { code?: string; suggestions?: Suggestion[]; candidates?: Suggestion[] } }[];
}

export interface Patience {
  /** How often a request is tried, the waits between tries and the longest wait for an answer, in milliseconds. */
  readonly tries: number;
  readonly wait: number;
  readonly timeout: number;
}

const PATIENCE: Patience = { tries: 3, wait: 400, timeout: 20_000 };
const REMEMBERED = 200;

export class Api {
  private readonly answers = new Map<string, unknown>();

  constructor(
    private readonly endpoint: string,
    private readonly send: typeof fetch = (...request) => fetch(...request),
    private readonly patience: Patience = PATIENCE,
  ) {}

  /** The data of an answer. Raises `ApiError`; an aborted request raises what `signal` says. */
  async ask<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables, signal?: AbortSignal): Promise<Result> {
    const body = JSON.stringify({ query: document.toString(), variables });
    if (this.answers.has(body)) return this.answers.get(body) as Result;
    const answer = await this.patiently(body, signal);
    this.answers.set(body, answer);
    if (this.answers.size > REMEMBERED) this.answers.delete(this.answers.keys().next().value ?? "");
    return answer as Result;
  }

  private async patiently(body: string, signal?: AbortSignal): Promise<unknown> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.once(body, signal);
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof ApiError && error.passing) || tried >= this.patience.tries) throw error;
      }
      await pause(this.patience.wait * 2 ** (tried - 1), signal);
    }
  }

  private async once(body: string, signal?: AbortSignal): Promise<unknown> {
    const timeout = AbortSignal.timeout(this.patience.timeout);
    let response: Response;
    let reply: Reply | null;
    try {
      response = await this.send(this.endpoint, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json" },
        body,
        credentials: "omit",
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      reply = read(await response.text());
    } catch {
      signal?.throwIfAborted();
      if (timeout.aborted) throw new ApiError("TIMEOUT", `The server did not answer within ${this.patience.timeout / 1000} seconds.`);
      throw new ApiError("OFFLINE", "The server could not be reached.");
    }
    signal?.throwIfAborted();
    return dataOf(response, reply);
  }
}

/** Signs that turn the direction of what follows, with which a name could pass for another. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/gu;

/** What an answer says, its texts without such signs; null if it isn't JSON. */
function read(text: string): Reply | null {
  try {
    return JSON.parse(text, (_, value: unknown) => (typeof value === "string" ? value.replace(TURNS, "\ufffd") : value)) as Reply;
  } catch {
    return null;
  }
}

function dataOf(response: Response, reply: Reply | null): unknown {
  const [error] = reply?.errors ?? [];
  if (error) {
    const { code = "SERVER", suggestions, candidates } = error.extensions ?? {};
    throw new ApiError(code, error.message, suggestions ?? candidates ?? []);
  }
  if (!response.ok || !reply?.data) throw new ApiError("SERVER", `The server answered with an error (${response.status}).`);
  return reply.data;
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
