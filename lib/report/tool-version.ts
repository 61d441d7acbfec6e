/** Version of the package, as reports name it; the same as in package.json, which a program cannot rely on finding beside it. */
export const TOOL_VERSION = '0.1.0';
