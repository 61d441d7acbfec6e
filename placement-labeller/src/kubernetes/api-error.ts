/** An answer other than 2xx. */
export class ApiError extends Error {
  public constructor(
    public readonly status: number,
    /** What the server said. */
    message: string,
    /** How long it asks to be left alone. */
    public readonly retryAfterMillis?: number,
  ) {
    super(message);
  }
}
