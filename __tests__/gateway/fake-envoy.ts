import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** A request as a Lua filter of Envoy meets it. */
export interface FakeRequest {
  /** The scripts of the filters, in their order. */
  readonly scripts: readonly string[];
  /** Names and values in the order in which they were sent; names in lower case, and pseudo headers with their colon. */
  readonly headers: readonly (readonly [string, string])[];
  /** Undefined when the request ends with its headers. */
  readonly body?: Buffer;
}

/** What became of a request. */
export interface FakeOutcome {
  /** What the caller is told instead of an answer of the pod. */
  readonly refused?: { readonly headers: { readonly [name: string]: string }; readonly text: string };
  /** The headers that go on, if the request does. */
  readonly passed?: readonly (readonly [string, string])[];
}

// Envoy runs Lua 5.1; nothing in the scripts means another thing in the Lua 5.4 of these tests. The handle does what Envoy's does where scripts
// go wrong: a wrapper got before the body came is dead, reading past the body fails, nothing follows an answer, and a failed script lets the
// request pass, which shows here as an error.
const HANDLE = `
function run_filter(script, headers, hexBody)
  local epoch, answer = 0, nil
  local function alive(since)
    if since ~= epoch then error("object used outside of proper scope") end
    if answer ~= nil then error("used after respond") end
  end
  local handle = {}
  function handle:headers()
    local since, wrapper = epoch, {}
    alive(since)
    function wrapper:get(name)
      alive(since)
      local values = {}
      for _, entry in ipairs(headers) do
        if entry[1] == name then values[#values + 1] = entry[2] end
      end
      if #values == 0 then return nil end
      return table.concat(values, ",")
    end
    function wrapper:remove(name)
      alive(since)
      for index = #headers, 1, -1 do
        if headers[index][1] == name then table.remove(headers, index) end
      end
    end
    function wrapper:replace(name, value)
      self:remove(name)
      headers[#headers + 1] = {name, value}
    end
    return wrapper
  end
  function handle:body()
    if hexBody == nil then return nil end
    epoch = epoch + 1
    local bytes = string.gsub(hexBody, "%x%x", function(hex) return string.char(tonumber(hex, 16)) end)
    local wrapper = {}
    function wrapper:length() return #bytes end
    function wrapper:getBytes(index, length)
      if index < 0 or length < 0 or index + length > #bytes then error("index/length must be >= 0 and (index + length) must be <= buffer size") end
      return string.sub(bytes, index + 1, index + length)
    end
    return wrapper
  end
  function handle:respond(given, text)
    if answer ~= nil then error("respond twice") end
    answer = {headers = given, text = text}
  end
  assert(load(script, "script"))()
  envoy_on_request(handle)
  return answer
end

function run_filters(scripts, headers, hexBody)
  for _, script in ipairs(scripts) do
    local answer = run_filter(script, headers, hexBody)
    if answer ~= nil then return {refused = answer} end
  end
  return {passed = headers}
end
`;

const RUNNER = `
const { LuaFactory } = require('wasmoon');
const { handle, requests } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const text = (value) => '"' + value.replace(/[^ !#-[\\]-~]/g, (c) => '\\\\' + String(c.charCodeAt(0)).padStart(3, '0')) + '"';
const list = (items) => '{' + items.join(',') + '}';
(async () => {
  const lua = await new LuaFactory().createEngine();
  // In one go: the engine keeps every result on a stack that has room for few.
  const calls = requests.map(({ scripts, headers, body }) =>
    'run_filters(' + [list(scripts.map(text)), list(headers.map((header) => list(header.map(text)))), body === undefined ? 'nil' : text(body)] + ')');
  const found = await lua.doString(handle + 'local found = {}\\n' + calls.map((call) => 'found[#found + 1] = ' + call + '\\n').join('') + 'return found');
  // A table of Lua that is empty is no list.
  const plain = found.map(({ refused, passed }) => (refused === undefined ? { passed: Array.isArray(passed) ? passed : [] } : { refused }));
  process.stdout.write(JSON.stringify(plain));
})();`;

/** Runs every request through its filters, all in one process: Lua is WebAssembly, which does not load under Jest's module system. */
export function runFilters(requests: readonly FakeRequest[]): FakeOutcome[] {
  const plain = requests.map(({ body, ...request }) => ({ ...request, body: body?.toString('hex') }));
  const result = spawnSync(process.execPath, ['-e', RUNNER], {
    input: JSON.stringify({ handle: HANDLE, requests: plain }),
    encoding: 'utf8',
    cwd: resolve(__dirname, '../..'),
    maxBuffer: 2 ** 28,
  });
  if (result.status !== 0) throw new Error(`a script failed: ${result.stderr}`);
  return JSON.parse(result.stdout) as FakeOutcome[];
}

/** A field of a message of protocol buffers. */
export interface FakeField {
  readonly number: number;
  readonly value: string | Buffer;
}

const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]);

/** A message whose fields are texts or bytes. */
export function messageOf(...fields: readonly FakeField[]): Buffer {
  return Buffer.concat(
    fields.flatMap(({ number, value }) => {
      const bytes = Buffer.from(value);
      return [Buffer.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes];
    }),
  );
}

/** A message as gRPC sends it: a flag, four bytes of length, and the message. */
export function grpcBody(message: Buffer, flag = 0, length = message.length): Buffer {
  const head = Buffer.from([flag, 0, 0, 0, 0]);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, message]);
}
