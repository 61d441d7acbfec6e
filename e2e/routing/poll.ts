/** Tries until something holds, and fails as it failed last. */
export async function eventually<T>(attempt: () => Promise<T>, timeoutMillis = 20_000): Promise<T> {
  for (const deadline = Date.now() + timeoutMillis; ;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
